// EventLoop over the libuv of this system.

#include <thread>

#include "support/event_loop.h"
#include "support/test.h"

namespace saea::test {

struct EventLoop::State {
  uv_loop_t uv;
  // Ends the wait in the poll phase, and keeps the loop going when nothing else would.
  uv_timer_t guard;
};

namespace {

// Far beyond the deadline of any test.
constexpr uint64_t kNeverMs = 1000000;

void OnGuard(uv_timer_t*) {}

void CountOpen(uv_handle_t* handle, void* count) {
  (void)handle;
  ++*static_cast<size_t*>(count);
}

}  // namespace

EventLoop::EventLoop() : state_(std::make_unique<State>()) {
  uv_loop_init(&state_->uv);
  uv_timer_init(&state_->uv, &state_->guard);
}

EventLoop::~EventLoop() {
  const size_t left = open_handle_count();
  uv_close(reinterpret_cast<uv_handle_t*>(&state_->guard), nullptr);
  uv_run(&state_->uv, UV_RUN_NOWAIT);
  if (left > 0) Fail(__FILE__, __LINE__, "no open handles, but there are " + Describe(left));
  if (left == 0 && uv_loop_close(&state_->uv) != 0) Fail(__FILE__, __LINE__, "the loop to close");
}

uv_loop_t* EventLoop::uv() {
  return &state_->uv;
}

void EventLoop::RunTurn(int wait_ms) {
  const bool may_wait = wait_ms > 0;
  uv_update_time(&state_->uv);
  const uint64_t guard_ms = may_wait ? static_cast<uint64_t>(wait_ms) : kNeverMs;
  uv_timer_start(&state_->guard, OnGuard, guard_ms, 0);
  uv_run(&state_->uv, may_wait ? UV_RUN_ONCE : UV_RUN_NOWAIT);
  uv_timer_stop(&state_->guard);
}

bool EventLoop::is_alive() const {
  return uv_loop_alive(&state_->uv) != 0;
}

void EventLoop::PassTime(uint32_t ms) {
  std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

size_t EventLoop::open_handle_count() const {
  size_t count = 0;
  uv_walk(&state_->uv, CountOpen, &count);
  return count - 1;  // without the guard
}

}  // namespace saea::test
