{
  "includes": ["native/sources.gypi"],
  "variables": {
    "sanitize%": ""
  },
  "targets": [
    {
      "target_name": "socket_async_event_args",
      "sources": ["<@(common)"],
      "include_dirs": ["native", "<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": ["<@(definitions)"],
      "cflags_cc!": ["-std=gnu++17", "-std=gnu++20"],
      "cflags_cc": ["-std=c++17", "-Wall", "-Wextra", "-fvisibility=hidden", "-O2"],
      "conditions": [
        ["OS!='win'", { "sources": ["<@(posix)"] }],
        ["OS=='linux'", { "sources": ["<@(linux)"] }, { "sources": ["<@(elsewhere)"] }],
        ["OS=='win'", {
          "sources": ["<@(win)"],
          "defines": ["<@(windows_definitions)"],
          "libraries": ["-lws2_32"],
          "msvs_settings": { "VCCLCompilerTool": { "AdditionalOptions": ["/std:c++17"] } }
        }],
        ["OS=='linux'", { "ldflags": ["-Wl,-z,now"] }],
        ["OS=='mac'", {
          "xcode_settings": {
            "CLANG_CXX_LANGUAGE_STANDARD": "c++17",
            "MACOSX_DEPLOYMENT_TARGET": "11.0",
            "GCC_SYMBOLS_PRIVATE_EXTERN": "YES"
          }
        }],
        ["sanitize!=''", {
          "cflags_cc": ["-fsanitize=<(sanitize)", "-fno-omit-frame-pointer", "-g", "-O1"],
          "ldflags": ["-fsanitize=<(sanitize)"]
        }]
      ]
    }
  ]
}
