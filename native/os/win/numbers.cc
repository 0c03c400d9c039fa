// .NET took its numbers from Windows, so most pass as they are, and Winsock judges them.

#include "os/numbers.h"

#include "os/win/winsock.h"

namespace saea::os {

static_assert(address_family::kInterNetworkV6 == AF_INET6, "families are Winsock's");
static_assert(socket_type::kSeqpacket == SOCK_SEQPACKET, "types are Winsock's");
static_assert(protocol_type::kIcmpV6 == IPPROTO_ICMPV6, "protocols are Winsock's");
static_assert(socket_flags::kTruncated == MSG_TRUNC, "flags are Winsock's");
static_assert(socket_shutdown::kBoth == SD_BOTH, "directions are Winsock's");

int ToSystemFamily(int32_t family) {
  switch (family) {
    case address_family::kUnspecified:
    case address_family::kUnix:
    case address_family::kInterNetwork:
    case address_family::kInterNetworkV6:
      return family;
    default:
      return -1;
  }
}

int32_t FromSystemFamily(int family) {
  const int known = ToSystemFamily(family);
  return known == -1 ? address_family::kUnknown : known;
}

int ToSystemSocket(int32_t family, int32_t type, int32_t protocol, SystemSocket& system) {
  system = {ToSystemFamily(family), type, protocol};
  return system.family == -1 ? WSAEAFNOSUPPORT : 0;
}

int32_t FromSystemType(int type) {
  return type >= socket_type::kStream && type <= socket_type::kSeqpacket ? type
                                                                         : socket_type::kUnknown;
}

int32_t FromSystemProtocol(int, int protocol) {
  return protocol;
}

// The two that say that something was cut off mean nothing as input, and Winsock would refuse them.
bool ToSystemFlags(uint32_t flags, int& system) {
  constexpr uint32_t kInput =
      socket_flags::kOutOfBand | socket_flags::kPeek | socket_flags::kDontRoute;
  constexpr uint32_t kIgnored = socket_flags::kTruncated | socket_flags::kControlDataTruncated;
  system = static_cast<int>(flags & kInput);
  return (flags & ~(kInput | kIgnored)) == 0;
}

// MSG_PARTIAL says of a datagram what MSG_TRUNC says: there was more of it.
uint32_t FromSystemFlags(int system) {
  constexpr uint32_t kKnown = socket_flags::kOutOfBand | socket_flags::kDontRoute |
                              socket_flags::kTruncated | socket_flags::kControlDataTruncated;
  const uint32_t truncated = (system & MSG_PARTIAL) != 0 ? socket_flags::kTruncated : 0;
  return (static_cast<uint32_t>(system) & kKnown) | truncated;
}

}  // namespace saea::os
