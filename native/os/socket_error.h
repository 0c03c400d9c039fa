// The SocketError numbers that native code names. All others pass through as numbers from the error
// tables (os/<platform>/error_map.cc).

#ifndef SAEA_OS_SOCKET_ERROR_H_
#define SAEA_OS_SOCKET_ERROR_H_

#include <cstdint>

namespace saea::os::socket_error {

constexpr int32_t kUnspecified = -1;
constexpr int32_t kSuccess = 0;
constexpr int32_t kOperationAborted = 995;
constexpr int32_t kInterrupted = 10004;
constexpr int32_t kAccessDenied = 10013;
constexpr int32_t kFault = 10014;
constexpr int32_t kInvalidArgument = 10022;
constexpr int32_t kTooManyOpenSockets = 10024;
constexpr int32_t kWouldBlock = 10035;
constexpr int32_t kInProgress = 10036;
constexpr int32_t kAlreadyInProgress = 10037;
constexpr int32_t kNotSocket = 10038;
constexpr int32_t kDestinationAddressRequired = 10039;
constexpr int32_t kMessageSize = 10040;
constexpr int32_t kProtocolType = 10041;
constexpr int32_t kProtocolOption = 10042;
constexpr int32_t kProtocolNotSupported = 10043;
constexpr int32_t kSocketNotSupported = 10044;
constexpr int32_t kOperationNotSupported = 10045;
constexpr int32_t kProtocolFamilyNotSupported = 10046;
constexpr int32_t kAddressFamilyNotSupported = 10047;
constexpr int32_t kAddressAlreadyInUse = 10048;
constexpr int32_t kAddressNotAvailable = 10049;
constexpr int32_t kNetworkDown = 10050;
constexpr int32_t kNetworkUnreachable = 10051;
constexpr int32_t kNetworkReset = 10052;
constexpr int32_t kConnectionAborted = 10053;
constexpr int32_t kConnectionReset = 10054;
constexpr int32_t kNoBufferSpaceAvailable = 10055;
constexpr int32_t kIsConnected = 10056;
constexpr int32_t kNotConnected = 10057;
constexpr int32_t kShutdown = 10058;
constexpr int32_t kTimedOut = 10060;
constexpr int32_t kConnectionRefused = 10061;
constexpr int32_t kHostDown = 10064;
constexpr int32_t kHostUnreachable = 10065;
constexpr int32_t kDisconnecting = 10101;
constexpr int32_t kHostNotFound = 11001;
constexpr int32_t kNoData = 11004;

}  // namespace saea::os::socket_error

#endif  // SAEA_OS_SOCKET_ERROR_H_
