#include "socket/transfer_batch.h"

#include <utility>

#include "socket/socket_handle.h"

namespace saea::socket {

void TransferBatch::Add(SocketHandle& socket, Side side) {
  entries_[count_++] = {&socket, side};
  if (count_ == os::kMaxTransfers) Perform();
}

bool TransferBatch::Perform() {
  const size_t count = std::exchange(count_, 0);
  os::Transfer transfers[os::kMaxTransfers];
  Entry joined[os::kMaxTransfers];
  size_t joined_count = 0;
  for (size_t i = 0; i < count; ++i) {
    Direction& direction = entries_[i].socket->direction(entries_[i].side);
    if (!direction.Describe(*entries_[i].socket, transfers[joined_count])) continue;
    joined[joined_count++] = entries_[i];
  }
  transfers_.Perform(transfers, joined_count);
  for (size_t i = 0; i < joined_count; ++i) {
    Direction& direction = joined[i].socket->direction(joined[i].side);
    direction.OnTransferred(*joined[i].socket, transfers[i]);
  }
  return count > 0;
}

}  // namespace saea::socket
