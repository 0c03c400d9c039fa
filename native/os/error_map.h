// System error number → SocketError number (contract; one body per platform).

#ifndef SAEA_OS_ERROR_MAP_H_
#define SAEA_OS_ERROR_MAP_H_

#include <cstdint>

namespace saea::os {

// The SocketError for an errno (POSIX) or WSA number (Windows); kUnspecified if there is none.
int32_t ToSocketError(int native_error);

}  // namespace saea::os

#endif  // SAEA_OS_ERROR_MAP_H_
