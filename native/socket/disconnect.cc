// Disconnect: ends both directions at once; with reuse, the socket can connect again.

#include "os/numbers.h"
#include "socket/socket_handle.h"

namespace saea::socket {

Outcome PerformDisconnect(SocketHandle& socket, engine::Operation& operation, bool) {
  os::Result result = socket.Shutdown(os::socket_shutdown::kBoth);
  if (result.ok() && operation.record().reuse_socket != 0) {
    socket.CancelAll();  // they were meant for the connection that has ended
    result = socket.RenewDescriptor();
  }
  operation.SetResult(result.error, result.native_error);
  return Outcome::kDone;
}

}  // namespace saea::socket
