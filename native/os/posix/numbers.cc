#include "os/numbers.h"

#include <netinet/in.h>
#include <sys/socket.h>

#ifdef AF_CAN
#include <linux/can.h>
#endif

#include <cerrno>
#include <cstddef>

#include "os/address.h"

namespace saea::os {

namespace {

int ToSystemType(int32_t type) {
  switch (type) {
    case socket_type::kStream:
      return SOCK_STREAM;
    case socket_type::kDgram:
      return SOCK_DGRAM;
    case socket_type::kRaw:
      return SOCK_RAW;
#ifdef SOCK_RDM
    case socket_type::kRdm:
      return SOCK_RDM;
#endif
    case socket_type::kSeqpacket:
      return SOCK_SEQPACKET;
    default:
      return -1;
  }
}

struct ProtocolPair {
  int32_t protocol;
  int system;
};

constexpr ProtocolPair kIpv4Protocols[] = {
    {protocol_type::kUnspecified, 0},     {protocol_type::kIcmp, IPPROTO_ICMP},
    {protocol_type::kIgmp, IPPROTO_IGMP}, {protocol_type::kTcp, IPPROTO_TCP},
    {protocol_type::kUdp, IPPROTO_UDP},   {protocol_type::kRaw, IPPROTO_RAW},
};

constexpr ProtocolPair kIpv6Protocols[] = {
    {protocol_type::kUnspecified, 0},
    {protocol_type::kIcmpV6, IPPROTO_ICMPV6},
    {protocol_type::kIcmp, IPPROTO_ICMPV6},  // .NET accepts the IPv4 name too
    {protocol_type::kIgmp, IPPROTO_IGMP},
    {protocol_type::kTcp, IPPROTO_TCP},
    {protocol_type::kUdp, IPPROTO_UDP},
    {protocol_type::kRaw, IPPROTO_RAW},
    {protocol_type::kIpv6RoutingHeader, IPPROTO_ROUTING},
    {protocol_type::kIpv6FragmentHeader, IPPROTO_FRAGMENT},
    {protocol_type::kIpv6NoNextHeader, IPPROTO_NONE},
    {protocol_type::kIpv6DestinationOptions, IPPROTO_DSTOPTS},
};

#ifdef AF_CAN
constexpr ProtocolPair kCanProtocols[] = {
    {protocol_type::kUnspecified, 0},
    {protocol_type::kRaw, CAN_RAW},
};
#endif

constexpr ProtocolPair kOtherProtocols[] = {{protocol_type::kUnspecified, 0}};

class Protocols {
 public:
  template <size_t Count>
  constexpr explicit Protocols(const ProtocolPair (&pairs)[Count])
      : begin_(pairs), end_(pairs + Count) {}

  const ProtocolPair* begin() const { return begin_; }
  const ProtocolPair* end() const { return end_; }

 private:
  const ProtocolPair* begin_;
  const ProtocolPair* end_;
};

// What a family takes. Of two names for one number the first comes back.
Protocols ProtocolsOf(int32_t family) {
  switch (family) {
    case address_family::kInterNetwork:
      return Protocols(kIpv4Protocols);
    case address_family::kInterNetworkV6:
      return Protocols(kIpv6Protocols);
#ifdef AF_CAN
    case address_family::kControllerAreaNetwork:
      return Protocols(kCanProtocols);
#endif
    default:
      return Protocols(kOtherProtocols);
  }
}

int ToSystemProtocol(int32_t family, int32_t protocol) {
  if (family == address_family::kPacket) return protocol;  // Ethernet's, in network order already
  for (const ProtocolPair& pair : ProtocolsOf(family)) {
    if (pair.protocol == protocol) return pair.system;
  }
  return -1;
}

struct FlagPair {
  uint32_t flag;
  int system;
};

constexpr FlagPair kFlags[] = {
    {socket_flags::kOutOfBand, MSG_OOB},
    {socket_flags::kPeek, MSG_PEEK},
    {socket_flags::kDontRoute, MSG_DONTROUTE},
    {socket_flags::kTruncated, MSG_TRUNC},
    {socket_flags::kControlDataTruncated, MSG_CTRUNC},
};

}  // namespace

int ToSystemFamily(int32_t family) {
  switch (family) {
    case address_family::kUnspecified:
      return AF_UNSPEC;
    case address_family::kUnix:
      return AF_UNIX;
    case address_family::kInterNetwork:
      return AF_INET;
    case address_family::kInterNetworkV6:
      return AF_INET6;
#ifdef AF_PACKET
    case address_family::kPacket:
      return AF_PACKET;
#endif
#ifdef AF_CAN
    case address_family::kControllerAreaNetwork:
      return AF_CAN;
#endif
    default:
      return -1;
  }
}

int32_t FromSystemFamily(int family) {
  switch (family) {
    case AF_UNSPEC:
      return address_family::kUnspecified;
    case AF_UNIX:
      return address_family::kUnix;
    case AF_INET:
      return address_family::kInterNetwork;
    case AF_INET6:
      return address_family::kInterNetworkV6;
#ifdef AF_PACKET
    case AF_PACKET:
      return address_family::kPacket;
#endif
#ifdef AF_CAN
    case AF_CAN:
      return address_family::kControllerAreaNetwork;
#endif
    default:
      return address_family::kUnknown;
  }
}

int ToSystemSocket(int32_t family, int32_t type, int32_t protocol, SystemSocket& system) {
  system.family = ToSystemFamily(family);
  if (system.family == -1) return EAFNOSUPPORT;
  system.type = ToSystemType(type);
  if (system.type == -1) return EPROTOTYPE;
  system.protocol = ToSystemProtocol(family, protocol);
  if (system.protocol == -1) return EPROTONOSUPPORT;
  return 0;
}

int32_t FromSystemType(int type) {
  switch (type) {
    case SOCK_STREAM:
      return socket_type::kStream;
    case SOCK_DGRAM:
      return socket_type::kDgram;
    case SOCK_RAW:
      return socket_type::kRaw;
#ifdef SOCK_RDM
    case SOCK_RDM:
      return socket_type::kRdm;
#endif
    case SOCK_SEQPACKET:
      return socket_type::kSeqpacket;
    default:
      return socket_type::kUnknown;
  }
}

int32_t FromSystemProtocol(int family, int protocol) {
  const int32_t own_family = FromSystemFamily(family);
  if (own_family == address_family::kPacket) return protocol;
  for (const ProtocolPair& pair : ProtocolsOf(own_family)) {
    if (pair.system == protocol) return pair.protocol;
  }
  return protocol_type::kUnknown;
}

bool ToSystemFlags(uint32_t flags, int& system) {
  system = 0;
  for (const FlagPair& pair : kFlags) {
    if ((flags & pair.flag) == 0) continue;
    system |= pair.system;
    flags &= ~pair.flag;
  }
  return flags == 0;
}

uint32_t FromSystemFlags(int system) {
  uint32_t flags = 0;
  for (const FlagPair& pair : kFlags) {
    if ((system & pair.system) != 0 && pair.flag != socket_flags::kPeek) flags |= pair.flag;
  }
  return flags;
}

}  // namespace saea::os
