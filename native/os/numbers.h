// .NET's numbers that os translates, and the translations (contract; one body per platform).

#ifndef SAEA_OS_NUMBERS_H_
#define SAEA_OS_NUMBERS_H_

#include <cstdint>

namespace saea::os {

namespace address_family {
constexpr int32_t kUnknown = -1;
constexpr int32_t kUnspecified = 0;
constexpr int32_t kUnix = 1;
constexpr int32_t kInterNetwork = 2;
constexpr int32_t kInterNetworkV6 = 23;
constexpr int32_t kPacket = 65536;
constexpr int32_t kControllerAreaNetwork = 65537;
}  // namespace address_family

namespace socket_type {
constexpr int32_t kUnknown = -1;
constexpr int32_t kStream = 1;
constexpr int32_t kDgram = 2;
constexpr int32_t kRaw = 3;
constexpr int32_t kRdm = 4;
constexpr int32_t kSeqpacket = 5;
}  // namespace socket_type

namespace protocol_type {
constexpr int32_t kUnknown = -1;
constexpr int32_t kUnspecified = 0;
constexpr int32_t kIcmp = 1;
constexpr int32_t kIgmp = 2;
constexpr int32_t kTcp = 6;
constexpr int32_t kUdp = 17;
constexpr int32_t kIpv6RoutingHeader = 43;
constexpr int32_t kIpv6FragmentHeader = 44;
constexpr int32_t kIcmpV6 = 58;
constexpr int32_t kIpv6NoNextHeader = 59;
constexpr int32_t kIpv6DestinationOptions = 60;
constexpr int32_t kRaw = 255;
}  // namespace protocol_type

namespace socket_flags {
constexpr uint32_t kNone = 0;
constexpr uint32_t kOutOfBand = 0x0001;
constexpr uint32_t kPeek = 0x0002;
constexpr uint32_t kDontRoute = 0x0004;
constexpr uint32_t kTruncated = 0x0100;
constexpr uint32_t kControlDataTruncated = 0x0200;
}  // namespace socket_flags

namespace socket_shutdown {
constexpr int32_t kReceive = 0;
constexpr int32_t kSend = 1;
constexpr int32_t kBoth = 2;
}  // namespace socket_shutdown

namespace socket_option {
constexpr int32_t kSocketLevel = 0xffff;
constexpr int32_t kLinger = 0x0080;
}  // namespace socket_option

namespace select_mode {
constexpr int32_t kRead = 0;
constexpr int32_t kWrite = 1;
constexpr int32_t kError = 2;
}  // namespace select_mode

// What socket() takes for .NET's three numbers. Returns 0, or the native error if they do not fit
// together by the rules of .NET's own Unix half.
struct SystemSocket {
  int family;
  int type;
  int protocol;
};
int ToSystemSocket(int32_t family, int32_t type, int32_t protocol, SystemSocket& system);

// The other way, for a descriptor from elsewhere.
int32_t FromSystemType(int type);
int32_t FromSystemProtocol(int family, int protocol);

// SocketFlags ↔ MSG_ flags. False if a flag is set that the platform does not take as input.
bool ToSystemFlags(uint32_t flags, int& system);
uint32_t FromSystemFlags(int system);

}  // namespace saea::os

#endif  // SAEA_OS_NUMBERS_H_
