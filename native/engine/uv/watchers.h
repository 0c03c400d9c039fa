// Watching descriptors by a handle of libuv's for each.

#ifndef SAEA_ENGINE_UV_WATCHERS_H_
#define SAEA_ENGINE_UV_WATCHERS_H_

#include <cstddef>
#include <cstdint>

#include "engine/readiness.h"
#include "engine/uv/kept_watchers.h"

namespace saea::engine {

class Watchers {
 public:
  explicit Watchers(Loop& loop) : loop_(loop) {}
  Watchers(const Watchers&) = delete;
  Watchers& operator=(const Watchers&) = delete;

  // See Poller.
  int Watch(Readiness& readiness, uint8_t events);
  void Forget(Readiness& readiness);
  void Close() { kept_.FreeUnclaimed(); }
  void CloseClaimed() { kept_.FreeAll(); }

  // How many are kept for the next socket of their number.
  size_t kept_count() const { return kept_.count(); }

 private:
  Watcher* Open(Readiness& readiness, int* error);

  static void OnEvents(Readiness& readiness, int status, int events);

  Loop& loop_;
  KeptWatchers kept_;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_UV_WATCHERS_H_
