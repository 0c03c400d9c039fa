// All open sockets of one environment, by handle: the integer that lib knows a socket by.

#ifndef SAEA_SOCKET_SOCKET_TABLE_H_
#define SAEA_SOCKET_SOCKET_TABLE_H_

#include <memory>
#include <vector>

#include "socket/lingering_close.h"
#include "socket/socket_handle.h"
#include "socket/submission_ring.h"
#include "socket/transfer_batch.h"

namespace saea::socket {

class SocketTable {
 public:
  // shares_calls: see os::Transfers.
  SocketTable(engine::Loop& loop, engine::OperationTable& operations, abi::Submissions& submissions,
              bool shares_calls)
      : surroundings_{loop, *this},
        submissions_(submissions, operations, *this),
        transfers_(shares_calls) {
    loop.SetTogether(PerformTogether, this);
    submissions.shares_calls = transfers_.shares_calls() ? 1 : 0;
  }
  SocketTable(const SocketTable&) = delete;
  SocketTable& operator=(const SocketTable&) = delete;

  engine::Loop& loop() { return surroundings_.loop; }
  SubmissionRing& submissions() { return submissions_; }
  TransferBatch& transfers() { return transfers_; }

  // A new socket of .NET's family, type and protocol; value is its handle.
  os::Result Create(int32_t family, int32_t type, int32_t protocol);

  // Takes over a descriptor from elsewhere, which stays the caller's if that fails; value is its
  // handle. NotSocket.
  os::Result Adopt(os::Descriptor descriptor, os::Description& description);

  // Whether one of these sockets has the descriptor.
  bool Owns(os::Descriptor descriptor) const;

  // Takes over an open, non-blocking descriptor.
  SocketHandle& Add(os::Descriptor descriptor, bool is_stream);

  SocketHandle& at(uint32_t handle) {
    CHECK(handle < sockets_.size() && sockets_[handle] != nullptr);
    return *sockets_[handle];
  }

  // The same for everything but operations: the socket as it is after all that was posted, and
  // after all sends that were to leave together at the end of the turn.
  SocketHandle& settled(uint32_t handle) {
    PerformPosted();
    SocketHandle& socket = at(handle);
    socket.SendCollected();
    return socket;
  }

  // For SocketHandle: it has datagrams to send at the end of the turn.
  void SendAtTurnEnd(uint32_t handle) { collecting_.push_back(handle); }

  // Closes a socket; its handle may be given to another one at once.
  void Close(uint32_t handle, bool abortive);

  // Closes a socket as Socket.Close(timeout) does: in order if the peer ends its side in time.
  void CloseAfter(uint32_t handle, uint32_t timeout_ms);

  // Closes everything without telling anybody: the environment is going.
  void AbandonAll();

  size_t open_count() const { return sockets_.size() - free_.size(); }
  bool is_lingering() const { return !lingering_.empty(); }

 private:
  void Remove(uint32_t handle);

  // False if there was none that moves bytes.
  bool PerformPosted() {
    submissions_.TakeAll();
    return transfers_.Perform();
  }

  static bool PerformTogether(void* self);

  const Surroundings surroundings_;
  std::vector<std::unique_ptr<SocketHandle>> sockets_;
  std::vector<uint32_t> free_;
  std::vector<uint32_t> collecting_;
  LingeringCloses lingering_;
  SubmissionRing submissions_;
  TransferBatch transfers_;
};

}  // namespace saea::socket

#endif  // SAEA_SOCKET_SOCKET_TABLE_H_
