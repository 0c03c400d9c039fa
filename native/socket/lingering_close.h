// The second half of Socket.Close(timeout): our end of stream has been sent; now the peer has that
// long to end its side. If it does, the descriptor closes in order; if the time is over, or the
// peer sends more, or there is an error, the peer gets a reset.

#ifndef SAEA_SOCKET_LINGERING_CLOSE_H_
#define SAEA_SOCKET_LINGERING_CLOSE_H_

#include <memory>
#include <vector>

#include "engine/deadline.h"
#include "engine/readiness.h"
#include "os/socket_ops.h"

namespace saea::socket {

// All lingering closes of one environment.
class LingeringCloses {
 public:
  LingeringCloses() = default;
  LingeringCloses(const LingeringCloses&) = delete;
  LingeringCloses& operator=(const LingeringCloses&) = delete;

  // Takes over the descriptor of a socket that nobody knows any more.
  void Start(engine::Loop& loop, os::Descriptor descriptor, uint32_t timeout_ms);

  bool empty() const { return entries_.empty(); }

  // Closes them all at once: the environment is going.
  void AbandonAll();

 private:
  struct Entry : engine::Readiness {
    Entry(LingeringCloses& of, engine::Loop& in, os::Descriptor taken_over)
        : Readiness(LingeringCloses::OnReady), owner(of), loop(in), descriptor(taken_over) {}

    LingeringCloses& owner;
    engine::Loop& loop;
    const os::Descriptor descriptor;
    engine::Deadline* deadline = nullptr;
    uint8_t false_alarms = 0;
  };

  static void OnReady(engine::Readiness& entry, uint8_t events);
  static void OnTime(void* entry);

  void Finish(Entry* entry, bool in_order);

  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace saea::socket

#endif  // SAEA_SOCKET_LINGERING_CLOSE_H_
