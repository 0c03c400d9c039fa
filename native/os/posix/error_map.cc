#include "os/error_map.h"

#include <cerrno>

#include "os/socket_error.h"

namespace saea::os {

namespace {

struct Pair {
  int native_error;
  int32_t socket_error;
};

// .NET's table (dotnet/runtime, SocketErrorPal.Unix.cs).
constexpr Pair kPairs[] = {
    {EACCES, socket_error::kAccessDenied},
    {EPERM, socket_error::kAccessDenied},
    {EADDRINUSE, socket_error::kAddressAlreadyInUse},
    {EADDRNOTAVAIL, socket_error::kAddressNotAvailable},
    {ENOENT, socket_error::kAddressNotAvailable},  // a Unix-domain path that does not exist
    {EAFNOSUPPORT, socket_error::kAddressFamilyNotSupported},
    {EAGAIN, socket_error::kWouldBlock},
    {EALREADY, socket_error::kAlreadyInProgress},
    {ECANCELED, socket_error::kOperationAborted},
    {EBADF, socket_error::kOperationAborted},
    {ECONNABORTED, socket_error::kConnectionAborted},
    {ECONNREFUSED, socket_error::kConnectionRefused},
    {ECONNRESET, socket_error::kConnectionReset},
    {EDESTADDRREQ, socket_error::kDestinationAddressRequired},
    {EFAULT, socket_error::kFault},
    {EHOSTDOWN, socket_error::kHostDown},
    {EHOSTUNREACH, socket_error::kHostUnreachable},
    {EINPROGRESS, socket_error::kInProgress},
    {EINTR, socket_error::kInterrupted},
    {EINVAL, socket_error::kInvalidArgument},
    {EISCONN, socket_error::kIsConnected},
    {ENFILE, socket_error::kTooManyOpenSockets},
    {EMFILE, socket_error::kTooManyOpenSockets},
    {EMSGSIZE, socket_error::kMessageSize},
    {ENETDOWN, socket_error::kNetworkDown},
    {ENETRESET, socket_error::kNetworkReset},
    {ENETUNREACH, socket_error::kNetworkUnreachable},
    {ENOBUFS, socket_error::kNoBufferSpaceAvailable},
#ifdef ENODATA
    {ENODATA, socket_error::kNoData},
#endif
    {ENOPROTOOPT, socket_error::kProtocolOption},
    {ENOTCONN, socket_error::kNotConnected},
    {ENOTSOCK, socket_error::kNotSocket},
    {EOPNOTSUPP, socket_error::kOperationNotSupported},
    {ENOTSUP, socket_error::kOperationNotSupported},
    {ENXIO, socket_error::kHostNotFound},
    {EPFNOSUPPORT, socket_error::kProtocolFamilyNotSupported},
    {EPIPE, socket_error::kShutdown},
    {EPROTONOSUPPORT, socket_error::kProtocolNotSupported},
    {EPROTOTYPE, socket_error::kProtocolType},
    {ESHUTDOWN, socket_error::kDisconnecting},
    {ESOCKTNOSUPPORT, socket_error::kSocketNotSupported},
    {ETIMEDOUT, socket_error::kTimedOut},
};

}  // namespace

int32_t ToSocketError(int native_error) {
  if (native_error == 0) return socket_error::kSuccess;
  for (const Pair& pair : kPairs) {
    if (pair.native_error == native_error) return pair.socket_error;
  }
  return socket_error::kUnspecified;
}

}  // namespace saea::os
