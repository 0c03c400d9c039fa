#include "binding/drain.h"

namespace saea::binding {

void Drain::SetDispatch(Napi::Function dispatch, Napi::Object resource) {
  dispatch_ = Napi::Weak(dispatch);
  resource_ = Napi::Weak(resource);
}

void Drain::Hold(bool is_held) {
  if (is_held == is_held_) return;
  is_held_ = is_held;
  if (is_held) {
    dispatch_.Ref();
  } else {
    dispatch_.Unref();
  }
}

// One make_callback for everything that finished in the turn: it opens one callback scope, and when
// that closes Node runs process.nextTick() and microtasks, once.
void Drain::RunTurn() {
  while (loop_.PublishTurn()) {
    const Napi::HandleScope scope(env_);
    CHECK(is_held_);
    const uint32_t before = loop_.dispatched_count();
    const napi_status status = napi_make_callback(env_, nullptr, resource_.Value(),
                                                  dispatch_.Value(), 0, nullptr, nullptr);
    if (status != napi_ok) ReportException();
    // lib counts an entry before it raises its event, so a throwing handler makes progress too. No
    // progress means that JavaScript cannot run any more: the worker is being terminated.
    if (loop_.dispatched_count() == before) return;
  }
}

// What a handler throws is an uncaught exception with the handler's own stack. If the process
// survives that, the rest of the batch is dispatched.
void Drain::ReportException() {
  napi_value error = nullptr;
  bool is_pending = false;
  if (napi_is_exception_pending(env_, &is_pending) != napi_ok || !is_pending) return;
  if (napi_get_and_clear_last_exception(env_, &error) != napi_ok) return;
  napi_fatal_exception(env_, error);
}

}  // namespace saea::binding
