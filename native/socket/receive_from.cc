// ReceiveFrom: receive, and whom it came from.

#include "socket/receive.h"

namespace saea::socket {

Outcome PerformReceiveFrom(SocketHandle& socket, engine::Operation& operation, bool is_ready) {
  ReceiveExtras extras;
  extras.address = &operation.address();
  return ReceiveInto(socket, operation, is_ready, extras);
}

bool JoinReceiveFrom(engine::Operation& operation, os::Datagram& datagram) {
  if (!JoinReceive(operation, datagram)) return false;
  datagram.address = &operation.address();
  return true;
}

}  // namespace saea::socket
