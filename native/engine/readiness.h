// Tells its owner when a descriptor is readable or writable. Owns the libuv handle, and with it the
// one rule that decides what waiting costs: a watcher that was armed stays armed until it fires and
// nobody was waiting. So a socket that goes receive, send, receive, … is armed once and never again
// (each change of the watched events costs two epoll_ctl calls inside libuv). What becomes of the
// handle when a socket closes: engine/kept_watchers.h.

#ifndef SAEA_ENGINE_READINESS_H_
#define SAEA_ENGINE_READINESS_H_

#include <uv.h>

#include <cstdint>

#include "engine/loop.h"

namespace saea::engine {

class Readiness {
 public:
  enum Events : uint8_t { kNone = 0, kReadable = UV_READABLE, kWritable = UV_WRITABLE };

  // events holds what the descriptor is ready for. After an error on the socket libuv stops
  // watching and says only that: then both bits are set, and whoever still waits must Watch()
  // again.
  using OnReady = void (*)(void* owner, uint8_t events);

  // A watcher for an open, non-blocking socket; not armed yet. Null, and libuv's (negative) error,
  // if the descriptor cannot be watched. Freed by Close() only.
  static Readiness* Open(Loop& loop, intptr_t descriptor, void* owner, OnReady on_ready,
                         int* uv_error);

  Readiness(const Readiness&) = delete;
  Readiness& operator=(const Readiness&) = delete;

  // Adds to what is watched. Free when it is watched already. Returns 0 or libuv's error: another
  // watcher in this process has claimed the descriptor.
  int Watch(uint8_t events) {
    return (armed_ & events) == events ? 0 : Arm(static_cast<uint8_t>(armed_ | events));
  }

  // Stops watching these events: they fired, and nobody was waiting.
  void Unwatch(uint8_t events) {
    if ((armed_ & events) != 0) Arm(static_cast<uint8_t>(armed_ & ~events));
  }

  // Stops at once, so the descriptor may be closed right after; the owner is not called any more.
  // This object then waits for the next socket of that number, or is freed once libuv has let go of
  // it.
  void Close();

 private:
  friend class KeptWatchers;

  Readiness(Loop& loop, int32_t descriptor, void* owner, OnReady on_ready)
      : owner_(owner), on_ready_(on_ready), descriptor_(descriptor) {
    poll_.data = &loop;
  }
  ~Readiness() = default;

  Loop& loop() { return *static_cast<Loop*>(poll_.data); }
  int Arm(uint8_t events);
  void Free();

  static void OnPoll(uv_poll_t* handle, int status, int events);
  static void OnClosed(uv_handle_t* handle);

  static Readiness& Of(void* poll) { return *static_cast<Readiness*>(poll); }

  uv_poll_t poll_;  // first: libuv knows this object by its address
  void* owner_;
  OnReady on_ready_;
  const int32_t descriptor_;
  uint8_t armed_ = kNone;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_READINESS_H_
