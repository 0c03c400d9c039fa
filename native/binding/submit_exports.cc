// The hot exports: integers in, integer out. submit is plain Node-API, without the wrappers that
// the other exports can afford.

#include "binding/answers.h"

namespace saea::binding {

namespace {

// submit(handle, slot): Submission
napi_value Submit(napi_env env, napi_callback_info info) {
  napi_value arguments[2];
  size_t count = 2;
  void* data = nullptr;
  uint32_t handle = 0;
  uint32_t slot = 0;
  CHECK(napi_get_cb_info(env, info, &count, arguments, nullptr, &data) == napi_ok && count == 2);
  CHECK(napi_get_value_uint32(env, arguments[0], &handle) == napi_ok);
  CHECK(napi_get_value_uint32(env, arguments[1], &slot) == napi_ok);
  Environment& environment = *static_cast<Environment*>(data);
  const abi::Submission submission =
      environment.sockets().at(handle).Submit(environment.operations().at(slot));
  napi_value answer = nullptr;
  CHECK(napi_create_int32(env, static_cast<int32_t>(submission), &answer) == napi_ok);
  return answer;
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
