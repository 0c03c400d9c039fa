// How a Winsock call that answers SOCKET_ERROR becomes a Result, and the headers of the system.

#ifndef SAEA_OS_WIN_WINSOCK_H_
#define SAEA_OS_WIN_WINSOCK_H_

#include <winsock2.h>
#include <ws2tcpip.h>
// After winsock2.h, which they build upon.
#include <mswsock.h>
#include <windows.h>

#include "os/error_map.h"
#include "os/socket_ops.h"

namespace saea::os {

inline SOCKET ToSocket(Descriptor socket) {
  return static_cast<SOCKET>(socket);
}

inline Result Failure(int native_error) {
  return {0, ToSocketError(native_error), native_error};
}

inline Result LastFailure() {
  return Failure(WSAGetLastError());
}

// For calls that answer 0 when all is well.
inline Result FromStatus(int status) {
  return status == 0 ? Result() : LastFailure();
}

}  // namespace saea::os

#endif  // SAEA_OS_WIN_WINSOCK_H_
