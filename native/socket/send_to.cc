// SendTo: send to an address. A connected stream takes the bytes and ignores the address, as the
// system does.

#include "socket/send.h"

namespace saea::socket {

Outcome PerformSendTo(SocketHandle& socket, engine::Operation& operation, bool) {
  return SendRemaining(socket, operation, operation.record().socket_flags, &operation.address());
}

bool JoinSendTo(engine::Operation& operation, os::Datagram& datagram) {
  if (!JoinSend(operation, datagram)) return false;
  datagram.address = &operation.address();
  return true;
}

}  // namespace saea::socket
