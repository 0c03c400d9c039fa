// The door: what JavaScript can see of the addon, group by group. lib/internal/binding.ts declares
// the type of every export.

#include "binding/arguments.h"
#include "binding/exports.h"

namespace {

// open(sharesCalls: boolean): Binding. Each copy of lib gets an environment of its own: Node loads
// an addon once per thread, while a test runner or an emptied require cache loads lib again and
// again, and each copy numbers its operations from 0.
Napi::Value Open(const Napi::CallbackInfo& info) {
  using saea::binding::Environment;
  Napi::Object exports = Napi::Object::New(info.Env());
  const bool shares_calls = saea::binding::BoolArgument(info, 0);
  Environment* environment = Environment::Create(info.Env(), exports, shares_calls);
  if (environment == nullptr) return exports;
  saea::binding::ExportAbi(*environment, exports);      // abi
  saea::binding::ExportMemory(*environment, exports);   // rings, mailbox, chunks, slabs, buffers
  saea::binding::ExportSockets(*environment, exports);  // create, bind, listen, close, addresses
  saea::binding::ExportOptions(*environment, exports);  // setOption, getOption, raw
  saea::binding::ExportPackets(*environment, exports);  // what sendPackets sends
  saea::binding::ExportSubmit(*environment, exports);   // submit, cancel, setDispatch
  return exports;
}

Napi::Object Initialize(Napi::Env env, Napi::Object exports) {
  saea::binding::Put(exports, "open", Napi::Function::New(env, Open, "open"));
  return exports;
}

}  // namespace

NODE_API_MODULE(socket_async_event_args, Initialize)
