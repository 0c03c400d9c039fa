{
  "variables": {
    "definitions": [
      "NAPI_VERSION=8",
      "NODE_ADDON_API_DISABLE_CPP_EXCEPTIONS",
      "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
      "NODE_ADDON_API_DISABLE_DEPRECATED",
      "__APPLE_USE_RFC_3542"
    ],
    "windows_definitions": ["NOMINMAX", "NOUSER", "WIN32_LEAN_AND_MEAN", "_WIN32_WINNT=0x0A00"],
    "common": [
      "native/addon.cc",
      "native/binding/abi_exports.cc",
      "native/binding/drain.cc",
      "native/binding/environment.cc",
      "native/binding/memory_exports.cc",
      "native/binding/option_exports.cc",
      "native/binding/packet_exports.cc",
      "native/binding/shared_block.cc",
      "native/binding/socket_exports.cc",
      "native/binding/submit_exports.cc",
      "native/engine/background_work.cc",
      "native/engine/deadline.cc",
      "native/engine/loop.cc",
      "native/engine/memory_region.cc",
      "native/engine/readiness.cc",
      "native/os/address.cc",
      "native/os/datagrams.cc",
      "native/socket/accept.cc",
      "native/socket/connect.cc",
      "native/socket/datagrams.cc",
      "native/socket/direction.cc",
      "native/socket/disconnect.cc",
      "native/socket/lingering_close.cc",
      "native/socket/packet_list.cc",
      "native/socket/read_ahead.cc",
      "native/socket/receive.cc",
      "native/socket/receive_from.cc",
      "native/socket/receive_message_from.cc",
      "native/socket/send.cc",
      "native/socket/send_packets.cc",
      "native/socket/send_to.cc",
      "native/socket/socket_handle.cc",
      "native/socket/socket_table.cc",
      "native/socket/verbs.cc"
    ],
    "posix": [
      "native/os/posix/create_like.cc",
      "native/os/posix/datagrams.cc",
      "native/os/posix/error_map.cc",
      "native/os/posix/file_ops.cc",
      "native/os/posix/message.cc",
      "native/os/posix/numbers.cc",
      "native/os/posix/packet_information.cc",
      "native/os/posix/socket_ops.cc",
      "native/os/posix/socket_options.cc"
    ],
    "win": [
      "native/os/win/create_like.cc",
      "native/os/win/error_map.cc",
      "native/os/win/file_ops.cc",
      "native/os/win/message.cc",
      "native/os/win/numbers.cc",
      "native/os/win/socket_ops.cc",
      "native/os/win/socket_options.cc"
    ]
  }
}
