// Calls its owner once, after a time, unless closed before. Keeps the process alive meanwhile,
// unless unreferenced.

#ifndef SAEA_ENGINE_DEADLINE_H_
#define SAEA_ENGINE_DEADLINE_H_

#include <uv.h>

#include "engine/loop.h"

namespace saea::engine {

class Deadline {
 public:
  using OnTime = void (*)(void* owner);

  // Freed by Close() only, which must be called, in OnTime or before it.
  static Deadline* Start(Loop& loop, uint32_t timeout_ms, void* owner, OnTime on_time);

  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  void Unreference() { uv_unref(reinterpret_cast<uv_handle_t*>(&timer_)); }

  void Close();

 private:
  Deadline(Loop& loop, void* owner, OnTime on_time)
      : loop_(loop), owner_(owner), on_time_(on_time) {}
  ~Deadline() = default;

  static void OnTimer(uv_timer_t* handle);
  static void OnClosed(uv_handle_t* handle);

  Loop& loop_;
  void* const owner_;
  const OnTime on_time_;
  uv_timer_t timer_;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_DEADLINE_H_
