// Accept: takes one connection off the backlog and makes a socket of it.

#include "socket/socket_handle.h"
#include "socket/socket_table.h"

namespace saea::socket {

Outcome PerformAccept(SocketHandle& socket, engine::Operation& operation, bool) {
  const os::Result accepted = os::Accept(socket.descriptor(), operation.address());
  if (!accepted.ok()) return Fail(operation, accepted);
  SocketHandle& connection = socket.table().Add(accepted.value, socket.is_stream());
  connection.set_may_linger(socket.may_linger());
  operation.record().result_handle = connection.id();
  operation.SetResult(os::socket_error::kSuccess, 0);
  return Outcome::kDone;
}

}  // namespace saea::socket
