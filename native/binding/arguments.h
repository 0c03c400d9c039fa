// Reading the arguments of an export. Every caller is lib/internal, which has checked what the user
// gave; so a wrong argument here is a bug in lib, and stops the process.

#ifndef SAEA_BINDING_ARGUMENTS_H_
#define SAEA_BINDING_ARGUMENTS_H_

#include <napi.h>

#include "engine/check.h"

namespace saea::binding {

inline int64_t Int64Argument(const Napi::CallbackInfo& info, size_t index) {
  int64_t value = 0;
  CHECK(napi_get_value_int64(info.Env(), info[index], &value) == napi_ok);
  return value;
}

inline uint32_t Uint32Argument(const Napi::CallbackInfo& info, size_t index) {
  uint32_t value = 0;
  CHECK(napi_get_value_uint32(info.Env(), info[index], &value) == napi_ok);
  return value;
}

inline int32_t Int32Argument(const Napi::CallbackInfo& info, size_t index) {
  int32_t value = 0;
  CHECK(napi_get_value_int32(info.Env(), info[index], &value) == napi_ok);
  return value;
}

inline bool BoolArgument(const Napi::CallbackInfo& info, size_t index) {
  bool value = false;
  CHECK(napi_get_value_bool(info.Env(), info[index], &value) == napi_ok);
  return value;
}

struct Bytes {
  uint8_t* data;
  size_t length;
};

// The bytes of a Uint8Array; none if its buffer is detached. Valid for this call only.
inline Bytes BytesArgument(const Napi::CallbackInfo& info, size_t index) {
  void* data = nullptr;
  size_t length = 0;
  CHECK(napi_get_typedarray_info(info.Env(), info[index], nullptr, &length, &data, nullptr,
                                 nullptr) == napi_ok);
  return {static_cast<uint8_t*>(data), length};
}

}  // namespace saea::binding

#endif  // SAEA_BINDING_ARGUMENTS_H_
