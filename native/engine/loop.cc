#include "engine/loop.h"

namespace saea::engine {

Loop::Loop(uv_loop_t* uv, abi::Completions& ring, Drain drain, void* drain_context)
    : uv_(uv),
      shared_(ring),
      ring_(ring),
      drain_(drain),
      drain_context_(drain_context),
      poller_(*this) {
  CHECK(uv_check_init(uv_, &check_) == 0);
  CHECK(uv_idle_init(uv_, &idle_) == 0);
  open_handles_ += 2;
  check_.data = this;
  idle_.data = this;
  CHECK(uv_check_start(&check_, OnCheck) == 0);
  uv_unref(reinterpret_cast<uv_handle_t*>(&check_));
}

void Loop::Close(void (*on_closed)(void* context), void* context) {
  CHECK(!is_closing_);
  is_closing_ = true;
  on_closed_ = on_closed;
  on_closed_context_ = context;
  poller_.Close();
  uv_close(reinterpret_cast<uv_handle_t*>(&check_), OnClosed);
  uv_close(reinterpret_cast<uv_handle_t*>(&idle_), OnClosed);
}

uint32_t Loop::Complete(Operation& operation) {
  // Free when it is active, and stopped before it ever runs if this is the poll phase.
  if (!is_closing_) CHECK(uv_idle_start(&idle_, OnIdle) == 0);
  return ring_.Push(operation);
}

bool Loop::PublishTurn() {
  ring_.Publish(turn_last_);
  return ring_.has_published();
}

void Loop::AddWaiting(uint32_t count) {
  if (waiting_ == 0 && count > 0) uv_ref(reinterpret_cast<uv_handle_t*>(&check_));
  waiting_ += count;
}

void Loop::RemoveWaiting(uint32_t count) {
  CHECK(waiting_ >= count);
  waiting_ -= count;
  if (waiting_ == 0 && count > 0) uv_unref(reinterpret_cast<uv_handle_t*>(&check_));
}

void Loop::HandleClosed() {
  CHECK(open_handles_ > 0);
  --open_handles_;
  if (open_handles_ == 0 && is_closing_) on_closed_(on_closed_context_);
}

void Loop::DrainTurn() {
  turn_last_ = ring_.newest();
  shared_.is_draining = 1;
  drain_(drain_context_);
  shared_.is_draining = 0;
}

bool Loop::PerformTogether() {
  return together_ != nullptr && !is_closing_ && together_(together_context_);
}

void Loop::Dispatch() {
  DrainTurn();
  // What was left for the end is over by now, for the most part. Its handlers run in this turn
  // too, once, as if it had been done at once: the next turn can then sleep.
  if (PerformTogether()) {
    DrainTurn();
    PerformTogether();
  }
}

void Loop::DispatchRound() {
  PerformTogether();
  DrainTurn();
  PerformTogether();
}

void Loop::OnCheck(uv_check_t* handle) {
  Loop& loop = *static_cast<Loop*>(handle->data);
  loop.PerformTogether();
  if (!loop.ring_.empty()) loop.Dispatch();
  // Without what handlers completed just now there is no reason to hurry the next turn.
  if (loop.ring_.empty() && !loop.is_closing_) uv_idle_stop(&loop.idle_);
  ++loop.turn_;
}

void Loop::OnIdle(uv_idle_t*) {}

void Loop::OnClosed(uv_handle_t* handle) {
  static_cast<Loop*>(handle->data)->HandleClosed();
}

}  // namespace saea::engine
