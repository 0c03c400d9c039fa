// The groups of exports, one file each; addon.cc lists them. Every export is a function whose data
// pointer is its environment.

#ifndef SAEA_BINDING_EXPORTS_H_
#define SAEA_BINDING_EXPORTS_H_

#include <napi.h>

#include "binding/environment.h"

namespace saea::binding {

void ExportAbi(Environment& environment, Napi::Object exports);
void ExportMemory(Environment& environment, Napi::Object exports);
void ExportSockets(Environment& environment, Napi::Object exports);
void ExportOptions(Environment& environment, Napi::Object exports);
void ExportPackets(Environment& environment, Napi::Object exports);
void ExportSubmit(Environment& environment, Napi::Object exports);

inline Environment& EnvironmentOf(const Napi::CallbackInfo& info) {
  return *static_cast<Environment*>(info.Data());
}

// A worker may be terminated at any moment, and from then on makes no functions and sets no
// properties. That is no failure of ours: nobody is left to call them.
inline void Put(Napi::Object exports, const char* name, napi_value value) {
  if (value != nullptr) (void)napi_set_named_property(exports.Env(), exports, name, value);
}

template <typename Callback>
void Export(Napi::Object exports, Environment& environment, const char* name, Callback callback) {
  Put(exports, name, Napi::Function::New(exports.Env(), callback, name, &environment));
}

}  // namespace saea::binding

#endif  // SAEA_BINDING_EXPORTS_H_
