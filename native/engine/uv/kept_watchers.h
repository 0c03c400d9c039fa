// Watchers of sockets that have closed, stopped, for the next socket of the same number. Systems
// give the lowest free number, so the next connection often has it at once; a watcher that is there
// saves it three of the system calls with which libuv makes one (docs/decisions/0018).
//
// The number of a stopped watcher may be somebody else's meanwhile: a file, a socket of Node's own.
// Nothing here touches it then. uv_poll_start() refuses a number that another handle watches, and
// uv_poll_stop() and uv_close(), which ask nobody, are called while the number is ours alone.

#ifndef SAEA_ENGINE_UV_KEPT_WATCHERS_H_
#define SAEA_ENGINE_UV_KEPT_WATCHERS_H_

#include <uv.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace saea::engine {

class Watcher;

class KeptWatchers {
 public:
  // Watchers of higher numbers are not kept. So many are 3 MiB at most, and only of a process that
  // had that many sockets open at once. None where sockets have no small numbers: on Windows the
  // last poll of a closed socket is still on its way for a while, and its handle with it.
  static constexpr int32_t kNumbers = std::is_same_v<uv_os_sock_t, int> ? 16384 : 0;

  KeptWatchers() = default;
  KeptWatchers(const KeptWatchers&) = delete;
  KeptWatchers& operator=(const KeptWatchers&) = delete;

  size_t count() const { return count_; }

  // The watcher kept for the number; null if there is none.
  Watcher* Take(int32_t descriptor);

  bool HasRoomFor(int32_t descriptor) const;

  // Takes a stopped watcher that there is room for.
  void Keep(Watcher& watcher);

  // Frees those whose numbers nobody else watches; and then, when nobody listens any more, the
  // rest. From the first on nothing is kept.
  void FreeUnclaimed();
  void FreeAll();

 private:
  void Free(Watcher*& kept);

  std::vector<Watcher*> by_number_;
  size_t count_ = 0;
  bool is_closed_ = false;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_UV_KEPT_WATCHERS_H_
