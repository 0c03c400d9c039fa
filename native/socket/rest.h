// A pause in which one side of a socket is not watched: the system has said "ready" again and
// again, and each time a call would have blocked. Linux says so of a datagram socket that was shut
// down, or whose queue of errors nobody reads, for as long as it is open.

#ifndef SAEA_SOCKET_REST_H_
#define SAEA_SOCKET_REST_H_

#include <cstdint>

#include "engine/deadline.h"

namespace saea::socket {

class Direction;
class SocketHandle;

// Ends by telling the side, or when it is destroyed.
class Rest {
 public:
  // How long a side rests that had so many false alarms at a stretch, in milliseconds: 0 at first,
  // as one or two come now and then (another process took what was there, a datagram had a wrong
  // checksum), and then twice as long each time. There is no need to count to more than
  // kMostCounted.
  static constexpr uint8_t kMostCounted = 14;
  static constexpr uint32_t After(uint8_t false_alarms) {
    constexpr uint8_t kBefore = 8;
    return false_alarms < kBefore ? 0 : 1U << (false_alarms - kBefore);
  }

  Rest(SocketHandle& socket, Direction& direction, uint32_t rest_ms);
  Rest(const Rest&) = delete;
  Rest& operator=(const Rest&) = delete;
  ~Rest() { deadline_->Close(); }

 private:
  static void OnTime(void* self);

  SocketHandle& socket_;
  Direction& direction_;
  engine::Deadline* const deadline_;
};

}  // namespace saea::socket

#endif  // SAEA_SOCKET_REST_H_
