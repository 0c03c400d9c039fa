#include "os/numbers.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "os/address.h"
#include "os/socket_error.h"

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

int ToSystemIpv4Protocol(int32_t protocol) {
  switch (protocol) {
    case protocol_type::kUnspecified:
      return 0;
    case protocol_type::kIcmp:
      return IPPROTO_ICMP;
    case protocol_type::kTcp:
      return IPPROTO_TCP;
    case protocol_type::kUdp:
      return IPPROTO_UDP;
    case protocol_type::kIgmp:
      return IPPROTO_IGMP;
    case protocol_type::kRaw:
      return IPPROTO_RAW;
    default:
      return -1;
  }
}

int ToSystemIpv6Protocol(int32_t protocol) {
  switch (protocol) {
    case protocol_type::kIcmp:  // .NET accepts the IPv4 name too
    case protocol_type::kIcmpV6:
      return IPPROTO_ICMPV6;
    case protocol_type::kIpv6DestinationOptions:
      return IPPROTO_DSTOPTS;
    case protocol_type::kIpv6NoNextHeader:
      return IPPROTO_NONE;
    case protocol_type::kIpv6RoutingHeader:
      return IPPROTO_ROUTING;
    case protocol_type::kIpv6FragmentHeader:
      return IPPROTO_FRAGMENT;
    default:
      return ToSystemIpv4Protocol(protocol);
  }
}

int ToSystemProtocol(int32_t family, int32_t protocol) {
  switch (family) {
    case address_family::kInterNetwork:
      return ToSystemIpv4Protocol(protocol);
    case address_family::kInterNetworkV6:
      return ToSystemIpv6Protocol(protocol);
    case address_family::kPacket:
      return protocol;  // an Ethernet protocol, in network order already
    case address_family::kControllerAreaNetwork:
      return protocol == protocol_type::kUnspecified || protocol == protocol_type::kRaw ? protocol
                                                                                        : -1;
    default:
      return protocol == protocol_type::kUnspecified ? 0 : -1;
  }
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

int32_t ToSystemSocket(int32_t family, int32_t type, int32_t protocol, SystemSocket& system) {
  system.family = ToSystemFamily(family);
  if (system.family == -1) return socket_error::kAddressFamilyNotSupported;
  system.type = ToSystemType(type);
  if (system.type == -1) return socket_error::kProtocolType;
  system.protocol = ToSystemProtocol(family, protocol);
  if (system.protocol == -1) return socket_error::kProtocolNotSupported;
  return socket_error::kSuccess;
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
  if (family == AF_INET6 && protocol == IPPROTO_ICMPV6) return protocol_type::kIcmpV6;
  if (family != AF_INET && family != AF_INET6) {
    return protocol == 0 ? protocol_type::kUnspecified : protocol_type::kUnknown;
  }
  switch (protocol) {
    case 0:
      return protocol_type::kUnspecified;
    case IPPROTO_ICMP:
      return protocol_type::kIcmp;
    case IPPROTO_TCP:
      return protocol_type::kTcp;
    case IPPROTO_UDP:
      return protocol_type::kUdp;
    case IPPROTO_IGMP:
      return protocol_type::kIgmp;
    case IPPROTO_RAW:
      return protocol_type::kRaw;
    default:
      return protocol_type::kUnknown;
  }
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
