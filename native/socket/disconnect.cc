// Disconnect: lib has shut both directions down; with reuse, the socket can connect again.

#include "socket/socket_handle.h"

namespace saea::socket {

Outcome PerformDisconnect(SocketHandle& socket, engine::Operation& operation, bool) {
  os::Result result;
  if (operation.record().ending == static_cast<uint32_t>(abi::Ending::kDisconnectAndReuse)) {
    socket.CancelAll();  // they were meant for the connection that has ended
    result = socket.RenewDescriptor();
  }
  operation.SetResult(result.error, result.native_error);
  return Outcome::kDone;
}

}  // namespace saea::socket
