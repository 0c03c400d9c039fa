#include "os/error_map.h"

#include <winsock2.h>

#include "os/socket_error.h"

namespace saea::os {

// .NET took its SocketError numbers from Winsock. The few others are what the system says of a
// descriptor that is gone, or of a call that its close has ended.
int32_t ToSocketError(int native_error) {
  switch (native_error) {
    case ERROR_SUCCESS:
      return socket_error::kSuccess;
    case ERROR_INVALID_HANDLE:
    case ERROR_OPERATION_ABORTED:
    case WSAEBADF:
      return socket_error::kOperationAborted;
    case ERROR_INVALID_PARAMETER:
      return socket_error::kInvalidArgument;
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
      return socket_error::kNoBufferSpaceAvailable;
    case ERROR_PORT_UNREACHABLE:
    case ERROR_NETNAME_DELETED:
      return socket_error::kConnectionReset;
    default:
      break;
  }
  const bool is_winsock = native_error >= WSABASEERR && native_error < WSABASEERR + 2000;
  return is_winsock ? native_error : socket_error::kUnspecified;
}

}  // namespace saea::os
