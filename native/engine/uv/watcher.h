// A handle of libuv's that watches one descriptor. It outlives what it was made for; see
// engine/uv/kept_watchers.h.

#ifndef SAEA_ENGINE_UV_WATCHER_H_
#define SAEA_ENGINE_UV_WATCHER_H_

#include <uv.h>

#include <cstdint>

#include "engine/readiness.h"

namespace saea::engine {

class Watcher {
 public:
  using OnEvents = void (*)(Readiness& readiness, int status, int events);

  // For an open, non-blocking socket; it watches nothing yet. Null, and libuv's (negative) error,
  // if it cannot be watched.
  static Watcher* Open(Loop& loop, int32_t descriptor, OnEvents on_events, int* uv_error);

  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  int32_t descriptor() const { return descriptor_; }
  void Serve(Readiness* readiness) { readiness_ = readiness; }

  // Watches just these events. 0 or libuv's error.
  int Set(uint8_t events);

  // Ends it. (Each uv_poll_stop() before this would cost a system call of its own.)
  void Free();

 private:
  Watcher(Loop& loop, int32_t descriptor, OnEvents on_events)
      : on_events_(on_events), descriptor_(descriptor) {
    poll_.data = &loop;
  }
  ~Watcher() = default;

  static void OnPoll(uv_poll_t* handle, int status, int events);
  static void OnClosed(uv_handle_t* handle);

  uv_poll_t poll_;  // first: libuv knows this object by its address
  Readiness* readiness_ = nullptr;
  const OnEvents on_events_;
  const int32_t descriptor_;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_UV_WATCHER_H_
