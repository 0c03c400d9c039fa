// The door: what JavaScript can see of the addon, group by group. lib/internal/binding.ts declares
// the type of every export.

#include "binding/exports.h"

namespace {

Napi::Object Initialize(Napi::Env env, Napi::Object exports) {
  using saea::binding::Environment;
  Environment* environment = Environment::Create(env);
  if (environment == nullptr) return exports;
  saea::binding::ExportAbi(*environment, exports);      // abi
  saea::binding::ExportMemory(*environment, exports);   // ring, mailbox, chunks, slabs, buffers
  saea::binding::ExportSockets(*environment, exports);  // create, bind, listen, close, addresses
  saea::binding::ExportOptions(*environment, exports);  // setOption, getOption, raw
  saea::binding::ExportSubmit(*environment, exports);   // submit, cancel, setDispatch
  return exports;
}

}  // namespace

NODE_API_MODULE(socket_async_event_args, Initialize)
