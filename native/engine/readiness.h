// Tells its owner when a descriptor is readable or writable, and keeps the one rule that decides
// what waiting costs: what is watched stays watched until it fires and nobody was waiting. So a
// socket that goes receive, send, receive, … is armed once and never again.

#ifndef SAEA_ENGINE_READINESS_H_
#define SAEA_ENGINE_READINESS_H_

#include <cstdint>

#include "engine/loop.h"

namespace saea::engine {

class Readiness {
 public:
  enum Events : uint8_t { kNone = 0, kReadable = UV_READABLE, kWritable = UV_WRITABLE };

  // events holds what the descriptor is ready for. After an error on the socket the watching has
  // ended, and only that is said: then both bits are set, and whoever still waits must Watch()
  // again.
  using OnReady = void (*)(Readiness& readiness, uint8_t events);

  explicit Readiness(OnReady on_ready) : on_ready_(on_ready) {}
  Readiness(const Readiness&) = delete;
  Readiness& operator=(const Readiness&) = delete;

  // Adds to what is watched of the descriptor, an open non-blocking socket, which is the same until
  // Close. Free when it is watched already. Returns 0 or libuv's (negative) error: it cannot be
  // watched, or another watcher in this process has claimed it.
  int Watch(Loop& loop, intptr_t descriptor, uint8_t events) {
    if ((armed_ & events) == events) return 0;
    descriptor_ = static_cast<int32_t>(descriptor);
    return loop.poller().Watch(*this, static_cast<uint8_t>(armed_ | events));
  }

  // Stops watching these events: they fired, and nobody was waiting.
  void Unwatch(Loop& loop, uint8_t events) {
    if ((armed_ & events) == 0) return;
    loop.poller().Watch(*this, static_cast<uint8_t>(armed_ & ~events));
  }

  // Stops at once, so the descriptor may be closed right after, and another one watched then.
  void Close(Loop& loop) {
    if (registration_ != nullptr) loop.poller().Forget(*this);
  }

 private:
  friend class Poller;
  friend class Watchers;

  const OnReady on_ready_;
  void* registration_ = nullptr;  // the poller's: not null while it knows the descriptor
  int32_t descriptor_ = -1;       // which has no more bits on Windows either
  uint8_t armed_ = kNone;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_READINESS_H_
