// How a POSIX call that answers -1 and errno becomes a Result.

#ifndef SAEA_OS_POSIX_SYSTEM_CALL_H_
#define SAEA_OS_POSIX_SYSTEM_CALL_H_

#include <sys/socket.h>

#include <cerrno>

#include "os/error_map.h"
#include "os/socket_ops.h"

namespace saea::os {

#ifdef MSG_NOSIGNAL
constexpr int kNoSignal = MSG_NOSIGNAL;
#else
constexpr int kNoSignal = 0;  // SO_NOSIGPIPE was set when the socket was made
#endif

inline int ToInt(Descriptor socket) {
  return static_cast<int>(socket);
}

inline Result Failure(int native_error) {
  return {0, ToSocketError(native_error), native_error};
}

inline Result FromReturn(int64_t returned) {
  if (returned >= 0) return {returned, socket_error::kSuccess, 0};
  return Failure(errno);
}

// Calls again for as long as a signal interrupts.
template <typename Call>
Result Retry(Call call) {
  int64_t returned;
  do {
    returned = call();
  } while (returned == -1 && errno == EINTR);
  return FromReturn(returned);
}

}  // namespace saea::os

#endif  // SAEA_OS_POSIX_SYSTEM_CALL_H_
