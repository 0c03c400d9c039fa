#include "binding/shared_block.h"

namespace saea::binding {

Napi::Value NewExternalBuffer(Napi::Env env, uint8_t* data, size_t length_bytes,
                              napi_finalize finalize, void* hint) {
#ifdef SAEA_NO_EXTERNAL_BUFFERS  // what Electron does, for the tests
  (void)env, (void)data, (void)length_bytes, (void)finalize, (void)hint;
  return Napi::Value();
#else
  napi_value buffer = nullptr;
  const napi_status status =
      napi_create_external_arraybuffer(env, data, length_bytes, finalize, hint, &buffer);
  return status == napi_ok ? Napi::Value(env, buffer) : Napi::Value();
#endif
}

SharedBlock::SharedBlock(Napi::Env env, size_t length_bytes) {
  auto pages = std::make_unique<os::PageBlock>(length_bytes);
  if (pages->data() == nullptr) return;
  const auto keep = [](napi_env, void*, void*) {};  // the environment frees the pages
  Napi::Value buffer = NewExternalBuffer(env, pages->data(), length_bytes, keep, nullptr);
  if (!buffer.IsEmpty()) {
    data_ = pages->data();
    pages_ = std::move(pages);
  } else {
    napi_value allocated = nullptr;
    void* data = nullptr;
    if (napi_create_arraybuffer(env, length_bytes, &data, &allocated) != napi_ok) return;
    data_ = static_cast<uint8_t*>(data);
    buffer = Napi::Value(env, allocated);
  }
  buffer_ = Napi::Reference<Napi::Value>::New(buffer, 1);
}

}  // namespace saea::binding
