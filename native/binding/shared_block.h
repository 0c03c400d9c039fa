// Memory that both languages see for as long as the environment lives: rings, records, the mailbox.
// JavaScript gets it as an ArrayBuffer that only lib/internal ever holds.

#ifndef SAEA_BINDING_SHARED_BLOCK_H_
#define SAEA_BINDING_SHARED_BLOCK_H_

#include <napi.h>

#include <memory>

#include "os/page_block.h"

namespace saea::binding {

// An ArrayBuffer over memory of ours. Empty where the embedder forbids that (Electron: its sandbox
// wants all of it in V8's own cage); then the caller lets V8 allocate. finalize may be called from
// the garbage collector's side: it must not use JavaScript.
Napi::Value NewExternalBuffer(Napi::Env env, uint8_t* data, size_t length_bytes,
                              napi_finalize finalize, void* hint);

class SharedBlock {
 public:
  SharedBlock(Napi::Env env, size_t length_bytes);
  SharedBlock(SharedBlock&&) = default;

  // False if there was no memory left, or the environment is going and makes no objects any more.
  bool is_allocated() const { return data_ != nullptr; }

  Napi::Value buffer() const { return buffer_.Value(); }

  template <typename T>
  T* As() const {
    return reinterpret_cast<T*>(data_);
  }

 private:
  // Null where V8 has allocated the memory; then the reference alone keeps it.
  std::unique_ptr<os::PageBlock> pages_;
  uint8_t* data_ = nullptr;
  Napi::Reference<Napi::Value> buffer_;
};

}  // namespace saea::binding

#endif  // SAEA_BINDING_SHARED_BLOCK_H_
