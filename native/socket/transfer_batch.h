// Receives and sends of streams that are performed together: those of the sockets that have become
// ready in one round, and those that handlers have started in one.

#ifndef SAEA_SOCKET_TRANSFER_BATCH_H_
#define SAEA_SOCKET_TRANSFER_BATCH_H_

#include <cstddef>

#include "os/transfers.h"
#include "socket/verbs.h"

namespace saea::socket {

class Direction;
class SocketHandle;

class TransferBatch {
 public:
  explicit TransferBatch(bool shares_calls) : transfers_(shares_calls) {}
  TransferBatch(const TransferBatch&) = delete;
  TransferBatch& operator=(const TransferBatch&) = delete;

  // Whether it saves anything that sends wait for others.
  bool shares_calls() const { return transfers_.share_calls(); }

  // The first in line of this side of the socket is to be performed, and the side is not here yet.
  // When there is no more room, all are. is_ready: the system has said so.
  void Add(SocketHandle& socket, Side side, bool is_ready);

  // Performs all; false if there was none. The sockets must still be there: whoever closes one has
  // this done before.
  bool Perform();

 private:
  struct Entry {
    Direction& direction() const;

    SocketHandle* socket;  // null if what was there has ended meanwhile
    Side side;
    bool is_ready;
  };

  os::Transfers transfers_;
  Entry entries_[os::kMaxTransfers];
  size_t count_ = 0;
};

}  // namespace saea::socket

#endif  // SAEA_SOCKET_TRANSFER_BATCH_H_
