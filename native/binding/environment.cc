#include "binding/environment.h"

#include <uv.h>

namespace saea::binding {

Environment* Environment::Create(Napi::Env env, Napi::Object exports, bool shares_calls) {
  uv_loop_t* uv = nullptr;
  if (napi_get_uv_event_loop(env, &uv) != napi_ok) {
    Napi::Error::New(env, "this environment has no event loop").ThrowAsJavaScriptException();
    return nullptr;
  }
  Shared shared = {SharedBlock(env, sizeof(abi::Completions)),
                   SharedBlock(env, sizeof(abi::Submissions)),
                   SharedBlock(env, sizeof(abi::Mailbox))};
  const bool is_allocated = shared.completions.is_allocated() &&
                            shared.submissions.is_allocated() && shared.mailbox.is_allocated();
  if (!is_allocated) {
    Napi::Error::New(env, "there is no memory for the records").ThrowAsJavaScriptException();
    return nullptr;
  }
  auto* environment = new Environment(env, uv, std::move(shared), shares_calls);
  exports.AddFinalizer(OnFinalized, environment);
  CHECK(napi_add_async_cleanup_hook(env, OnTeardown, environment, &environment->teardown_hook_) ==
        napi_ok);
  return environment;
}

Environment::Environment(Napi::Env env, uv_loop_t* uv, Shared shared, bool shares_calls)
    : env_(env),
      shared_(std::move(shared)),
      drain_(env, loop_),
      loop_(uv, *shared_.completions.As<abi::Completions>(), OnDrain, this),
      sockets_(loop_, operations_, *shared_.submissions.As<abi::Submissions>(), shares_calls) {}

Napi::Value Environment::AddChunk() {
  SharedBlock block(env_, sizeof(abi::Chunk));
  if (!block.is_allocated()) return Napi::Value();
  if (!operations_.AddChunk(block.As<abi::Chunk>())) return Napi::Value();
  Napi::Value buffer = block.buffer();
  chunks_.push_back(std::move(block));
  return buffer;
}

void Environment::HoldLib() {
  drain_.Hold(sockets_.open_count() > 0 || loop_.has_completions());
}

void Environment::OnDrain(void* self) {
  auto* environment = static_cast<Environment*>(self);
  environment->drain_.RunTurn();
  environment->HoldLib();
}

// worker.terminate(), or the end of the process, with sockets open and operations in flight. After
// this nothing of ours is called by the loop any more, and no system call touches memory that the
// environment is about to free; operations in flight are abandoned, there is nobody left to tell.
void Environment::OnTeardown(napi_async_cleanup_hook_handle, void* self) {
  auto* environment = static_cast<Environment*>(self);
  environment->Close();
  environment->loop_.CloseClaimed();
}

void Environment::Close() {
  if (is_closing_) return;
  is_closing_ = true;
  sockets_.AbandonAll();
  loop_.Close(OnLoopClosed, this);
}

void Environment::OnLoopClosed(void* self) {
  auto* environment = static_cast<Environment*>(self);
  napi_remove_async_cleanup_hook(environment->teardown_hook_);  // tells Node that we are done
  environment->Release();
}

// Lib is gone, and with it whoever could use this. A lingering close, which lib knows nothing of,
// keeps its time; then the rest goes with the thread.
void Environment::OnFinalized(Napi::Env, Environment* self) {
  if (!self->sockets_.is_lingering()) self->Close();
  self->Release();
}

void Environment::Release() {
  if (--holders_ == 0) delete this;
}

}  // namespace saea::binding
