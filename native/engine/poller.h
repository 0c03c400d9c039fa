// Asks the system which descriptors are ready, and tells their Readiness. Two bodies, chosen by the
// build: linux has a set of its own, which libuv watches as one descriptor; elsewhere there is a
// watcher of libuv's for each descriptor.

#ifndef SAEA_ENGINE_POLLER_H_
#define SAEA_ENGINE_POLLER_H_

#include <cstdint>
#include <memory>

namespace saea::engine {

class Loop;
class Readiness;

class Poller {
 public:
  explicit Poller(Loop& loop);
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  // Sets what the descriptor of a Readiness is watched for. 0 or libuv's (negative) error, and then
  // it is watched for nothing.
  int Watch(Readiness& readiness, uint8_t events);

  // Stops at once, so that the descriptor may be closed right after. Readiness is not told any
  // more, and may go.
  void Forget(Readiness& readiness);

  // No more is watched from here on. The handles close, as far as that can be done while others go
  // on using the loop; the rest with CloseClaimed, at the end of the thread.
  void Close();
  void CloseClaimed();

  // Handles that are open though nothing is watched by them.
  size_t kept_count() const;

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_POLLER_H_
