// Poller over a handle of libuv's for each descriptor.

#include "engine/poller.h"

#include "engine/uv/watchers.h"

namespace saea::engine {

struct Poller::State {
  explicit State(Loop& loop) : watchers(loop) {}

  Watchers watchers;
};

Poller::Poller(Loop& loop) : state_(std::make_unique<State>(loop)) {}

Poller::~Poller() = default;

int Poller::Watch(Readiness& readiness, uint8_t events) {
  return state_->watchers.Watch(readiness, events);
}

void Poller::Forget(Readiness& readiness) {
  state_->watchers.Forget(readiness);
}

void Poller::Close() {
  state_->watchers.Close();
}

void Poller::CloseClaimed() {
  state_->watchers.CloseClaimed();
}

size_t Poller::kept_count() const {
  return state_->watchers.kept_count();
}

}  // namespace saea::engine
