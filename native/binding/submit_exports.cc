// The exports for operations.

#include "binding/answers.h"

namespace saea::binding {

namespace {

// submit(): void. What to submit, and what became of it, lies in the submission ring: of all that
// this call costs, arguments and a result were the most.
napi_value Submit(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  CHECK(napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data) == napi_ok);
  static_cast<Environment*>(data)->sockets().submissions().TakeAllAndAnswer();
  return nullptr;
}

// cancel(handle, slot): boolean; false if the operation does not wait there
Napi::Value Cancel(const Napi::CallbackInfo& info) {
  engine::Operation& operation = EnvironmentOf(info).operations().at(Uint32Argument(info, 1));
  return Napi::Boolean::New(info.Env(), SocketArgument(info).Cancel(operation));
}

// setDispatch(dispatch: () => void, resource: object): void
void SetDispatch(const Napi::CallbackInfo& info) {
  EnvironmentOf(info).drain().SetDispatch(info[0].As<Napi::Function>(), info[1].As<Napi::Object>());
}

}  // namespace

void ExportSubmit(Environment& environment, Napi::Object exports) {
  napi_value submit = nullptr;
  (void)napi_create_function(exports.Env(), "submit", NAPI_AUTO_LENGTH, Submit, &environment,
                             &submit);
  Put(exports, "submit", submit);
  Export(exports, environment, "cancel", Cancel);
  Export(exports, environment, "setDispatch", SetDispatch);
}

}  // namespace saea::binding
