#include "engine/uv/watcher.h"

namespace saea::engine {

Watcher* Watcher::Open(Loop& loop, int32_t descriptor, OnEvents on_events, int* uv_error) {
  auto* watcher = new Watcher(loop, descriptor, on_events);
  *uv_error =
      uv_poll_init_socket(loop.uv(), &watcher->poll_, static_cast<uv_os_sock_t>(descriptor));
  if (*uv_error != 0) {
    delete watcher;  // libuv has not seen the handle
    return nullptr;
  }
  loop.HandleOpened();
  // Whether the process stays alive is counted per waiting operation, not per watcher.
  uv_unref(reinterpret_cast<uv_handle_t*>(&watcher->poll_));
  return watcher;
}

int Watcher::Set(uint8_t events) {
  return events == Readiness::kNone ? uv_poll_stop(&poll_) : uv_poll_start(&poll_, events, OnPoll);
}

void Watcher::Free() {
  uv_close(reinterpret_cast<uv_handle_t*>(&poll_), OnClosed);
}

void Watcher::OnPoll(uv_poll_t* handle, int status, int events) {
  Watcher& watcher = *reinterpret_cast<Watcher*>(handle);
  Loop& loop = *static_cast<Loop*>(handle->data);
  watcher.on_events_(*watcher.readiness_, status, events);
  loop.DispatchIfMany();
}

void Watcher::OnClosed(uv_handle_t* handle) {
  Loop& loop = *static_cast<Loop*>(handle->data);
  delete reinterpret_cast<Watcher*>(handle);
  loop.HandleClosed();
}

}  // namespace saea::engine
