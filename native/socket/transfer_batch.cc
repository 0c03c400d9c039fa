#include "socket/transfer_batch.h"

#include <utility>

#include "socket/socket_handle.h"

namespace saea::socket {

Direction& TransferBatch::Entry::direction() const {
  return socket->direction(side);
}

void TransferBatch::Add(SocketHandle& socket, Side side, bool is_ready) {
  entries_[count_++] = {&socket, side, is_ready};
  if (count_ == os::kMaxTransfers) Perform();
}

// Nobody is performed alone before all know what came of their transfers: packets may end with the
// connection, and with them what else waits on their socket.
bool TransferBatch::Perform() {
  const size_t count = std::exchange(count_, 0);
  if (count == 0) return false;
  os::Transfer transfers[os::kMaxTransfers];
  Entry* joined[os::kMaxTransfers];
  size_t joined_count = 0;
  for (size_t i = 0; i < count; ++i) {
    Entry& entry = entries_[i];
    if (!entry.direction().LeaveBatch()) {
      entry.socket = nullptr;
    } else if (entry.direction().Describe(*entry.socket, transfers[joined_count])) {
      joined[joined_count++] = &entry;
    }
  }
  transfers_.Perform(transfers, joined_count);
  for (size_t i = 0; i < joined_count; ++i) {
    const bool has_moved = joined[i]->direction().OnTransferred(*joined[i]->socket, transfers[i]);
    if (has_moved) joined[i]->is_ready = false;  // not for the next in line
  }
  for (size_t i = 0; i < count; ++i) {
    const Entry& entry = entries_[i];
    if (entry.socket != nullptr) entry.direction().GoOn(*entry.socket, entry.is_ready);
  }
  return true;
}

}  // namespace saea::socket
