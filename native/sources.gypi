{
  "variables": {
    "common": [
      "native/addon.cc",
      "native/binding/abi_exports.cc",
      "native/binding/drain.cc",
      "native/binding/environment.cc",
      "native/binding/memory_exports.cc",
      "native/binding/option_exports.cc",
      "native/binding/shared_block.cc",
      "native/binding/socket_exports.cc",
      "native/binding/submit_exports.cc",
      "native/engine/deadline.cc",
      "native/engine/loop.cc",
      "native/engine/memory_region.cc",
      "native/engine/readiness.cc",
      "native/os/address.cc",
      "native/socket/accept.cc",
      "native/socket/connect.cc",
      "native/socket/direction.cc",
      "native/socket/disconnect.cc",
      "native/socket/lingering_close.cc",
      "native/socket/receive.cc",
      "native/socket/send.cc",
      "native/socket/socket_handle.cc",
      "native/socket/socket_table.cc",
      "native/socket/verbs.cc"
    ],
    "posix": [
      "native/os/posix/error_map.cc",
      "native/os/posix/numbers.cc",
      "native/os/posix/socket_ops.cc",
      "native/os/posix/socket_options.cc"
    ],
    "win": []
  }
}
