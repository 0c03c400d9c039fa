#include "engine/deadline.h"

namespace saea::engine {

Deadline* Deadline::Start(Loop& loop, uint32_t timeout_ms, void* owner, OnTime on_time) {
  auto* deadline = new Deadline(loop, owner, on_time);
  CHECK(uv_timer_init(loop.uv(), &deadline->timer_) == 0);
  deadline->timer_.data = deadline;
  loop.HandleOpened();
  // libuv counts from the time at which the turn began, which may be long ago.
  uv_update_time(loop.uv());
  CHECK(uv_timer_start(&deadline->timer_, OnTimer, timeout_ms, 0) == 0);
  return deadline;
}

void Deadline::Close() {
  uv_close(reinterpret_cast<uv_handle_t*>(&timer_), OnClosed);
}

void Deadline::OnTimer(uv_timer_t* handle) {
  auto& deadline = *static_cast<Deadline*>(handle->data);
  deadline.on_time_(deadline.owner_);
}

void Deadline::OnClosed(uv_handle_t* handle) {
  auto* deadline = static_cast<Deadline*>(handle->data);
  Loop& loop = deadline->loop_;
  delete deadline;
  loop.HandleClosed();
}

}  // namespace saea::engine
