// Everything that belongs to one copy of lib in one Node.js environment (the main thread or a
// worker): no state of the addon lives anywhere else. Created when lib loads. It goes with Node's
// environment, or before it with a copy of lib that nobody uses any more: a test runner loads one
// per file, and must not keep them all.

#ifndef SAEA_BINDING_ENVIRONMENT_H_
#define SAEA_BINDING_ENVIRONMENT_H_

#include <napi.h>

#include "binding/drain.h"
#include "binding/shared_block.h"
#include "engine/loop.h"
#include "engine/operation_table.h"
#include "socket/socket_table.h"

namespace saea::binding {

class Environment {
 public:
  // Ties a new environment to env, and to the object that its functions will be properties of.
  // Null, with a JavaScript exception pending, if that fails. shares_calls: see os::Transfers.
  static Environment* Create(Napi::Env env, Napi::Object exports, bool shares_calls);

  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  Napi::Env env() const { return env_; }
  abi::Mailbox& mailbox() { return *shared_.mailbox.As<abi::Mailbox>(); }
  const SharedBlock& completions_block() const { return shared_.completions; }
  const SharedBlock& submissions_block() const { return shared_.submissions; }
  const SharedBlock& mailbox_block() const { return shared_.mailbox; }

  // Keeps lib from the garbage collector while sockets are open or completions are on their way:
  // what is in flight, and whom to tell, is known there alone. To be called when either may have
  // changed.
  void HoldLib();

  // Shared memory for one more chunk of operations; an empty value if the table is full.
  Napi::Value AddChunk();

  Drain& drain() { return drain_; }
  engine::OperationTable& operations() { return operations_; }
  socket::SocketTable& sockets() { return sockets_; }

 private:
  // Memory that lib sees too.
  struct Shared {
    SharedBlock completions;
    SharedBlock submissions;
    SharedBlock mailbox;
  };

  Environment(Napi::Env env, uv_loop_t* uv, Shared shared, bool shares_calls);
  ~Environment() = default;

  static void OnDrain(void* self);
  static void OnTeardown(napi_async_cleanup_hook_handle hook, void* self);
  static void OnLoopClosed(void* self);
  static void OnFinalized(Napi::Env env, Environment* self);

  void Close();
  void Release();

  // Members go in reverse order: sockets before the loop that they wait in, operations before the
  // shared memory that they point into.
  const Napi::Env env_;
  Shared shared_;
  std::vector<SharedBlock> chunks_;
  engine::OperationTable operations_;
  Drain drain_;
  engine::Loop loop_;
  socket::SocketTable sockets_;
  napi_async_cleanup_hook_handle teardown_hook_ = nullptr;
  bool is_closing_ = false;
  // Two must let go: the finaliser of the exports, and the loop's last close callback. Which of
  // them comes first at the end of a thread is Node's affair and has changed between versions.
  int holders_ = 2;
};

}  // namespace saea::binding

#endif  // SAEA_BINDING_ENVIRONMENT_H_
