// The socket options that exist both in .NET and on this system: numbers and form of the value.

#ifndef SAEA_OS_POSIX_OPTION_TABLE_H_
#define SAEA_OS_POSIX_OPTION_TABLE_H_

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cstdint>

namespace saea::os {

// SocketOptionLevel.
constexpr int32_t kSocket = 0xffff;
constexpr int32_t kIp = 0;
constexpr int32_t kIpv6 = 41;
constexpr int32_t kTcp = 6;

// Names of our own for options that .NET has no name for; ExtraSocketOptionName in lib.
namespace extra_option {
constexpr int32_t kBindToDevice = 0x10001;
constexpr int32_t kTrafficClass = 0x10002;
constexpr int32_t kUserTimeout = 0x10003;
constexpr int32_t kQuickAck = 0x10004;
}  // namespace extra_option

// How the value looks on .NET's side.
enum class Form : uint8_t {
  kInt,          // int32, as the system has it
  kBytes,        // passed through
  kLinger,       // int32 enabled, int32 seconds; a struct of two ints on every system we know
  kTimeout,      // int32 milliseconds; timeval
  kErrorNumber,  // get only: SocketError
  kTypeNumber,   // get only: SocketType
  kShared,       // ReuseAddress and ExclusiveAddressUse, see SetShared
  kExclusive,
  kDontFragment,        // int32 0 or 1; a path-MTU discovery mode
  kMulticastInterface,  // int32: an IPv4 address, or 0.x.x.x for an interface index, network order
  kIpMembership,        // group[4], local address[4], int32 interface index
  kIpv6Membership,      // group[16], int32 interface index
};

struct Option {
  int32_t level;
  int32_t name;
  int system_level;
  int system_name;
  Form form;
};

// Levels and names as in dotnet/runtime, pal_networking.c. Only what the system knows is listed.
constexpr Option kOptions[] = {
    {kSocket, 0x0001, SOL_SOCKET, SO_DEBUG, Form::kInt},
    {kSocket, 0x0002, SOL_SOCKET, SO_ACCEPTCONN, Form::kInt},
    {kSocket, 0x0004, SOL_SOCKET, SO_REUSEADDR, Form::kShared},
    {kSocket, 0x0008, SOL_SOCKET, SO_KEEPALIVE, Form::kInt},
    {kSocket, 0x0010, SOL_SOCKET, SO_DONTROUTE, Form::kInt},
    {kSocket, 0x0020, SOL_SOCKET, SO_BROADCAST, Form::kInt},
    {kSocket, 0x0080, SOL_SOCKET, SO_LINGER, Form::kLinger},
    {kSocket, 0x0100, SOL_SOCKET, SO_OOBINLINE, Form::kInt},
    {kSocket, ~0x04, SOL_SOCKET, SO_REUSEADDR, Form::kExclusive},
    {kSocket, 0x1001, SOL_SOCKET, SO_SNDBUF, Form::kInt},
    {kSocket, 0x1002, SOL_SOCKET, SO_RCVBUF, Form::kInt},
    {kSocket, 0x1003, SOL_SOCKET, SO_SNDLOWAT, Form::kInt},
    {kSocket, 0x1004, SOL_SOCKET, SO_RCVLOWAT, Form::kInt},
    {kSocket, 0x1005, SOL_SOCKET, SO_SNDTIMEO, Form::kTimeout},
    {kSocket, 0x1006, SOL_SOCKET, SO_RCVTIMEO, Form::kTimeout},
    {kSocket, 0x1007, SOL_SOCKET, SO_ERROR, Form::kErrorNumber},
    {kSocket, 0x1008, SOL_SOCKET, SO_TYPE, Form::kTypeNumber},
#ifdef SO_BINDTODEVICE
    {kSocket, extra_option::kBindToDevice, SOL_SOCKET, SO_BINDTODEVICE, Form::kBytes},
#endif

    {kIp, 1, IPPROTO_IP, IP_OPTIONS, Form::kBytes},
    {kIp, 2, IPPROTO_IP, IP_HDRINCL, Form::kInt},
    {kIp, 3, IPPROTO_IP, IP_TOS, Form::kInt},
    {kIp, 4, IPPROTO_IP, IP_TTL, Form::kInt},
    {kIp, 9, IPPROTO_IP, IP_MULTICAST_IF, Form::kMulticastInterface},
    {kIp, 10, IPPROTO_IP, IP_MULTICAST_TTL, Form::kInt},
    {kIp, 11, IPPROTO_IP, IP_MULTICAST_LOOP, Form::kInt},
    {kIp, 12, IPPROTO_IP, IP_ADD_MEMBERSHIP, Form::kIpMembership},
    {kIp, 13, IPPROTO_IP, IP_DROP_MEMBERSHIP, Form::kIpMembership},
#ifdef IP_MTU_DISCOVER
    {kIp, 14, IPPROTO_IP, IP_MTU_DISCOVER, Form::kDontFragment},
#endif
#ifdef IP_ADD_SOURCE_MEMBERSHIP
    {kIp, 15, IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, Form::kBytes},
    {kIp, 16, IPPROTO_IP, IP_DROP_SOURCE_MEMBERSHIP, Form::kBytes},
    {kIp, 17, IPPROTO_IP, IP_BLOCK_SOURCE, Form::kBytes},
    {kIp, 18, IPPROTO_IP, IP_UNBLOCK_SOURCE, Form::kBytes},
#endif
    {kIp, 19, IPPROTO_IP, IP_PKTINFO, Form::kInt},

    {kIpv6, 4, IPPROTO_IPV6, IPV6_UNICAST_HOPS, Form::kInt},
    {kIpv6, 9, IPPROTO_IPV6, IPV6_MULTICAST_IF, Form::kInt},
    {kIpv6, 10, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, Form::kInt},
    {kIpv6, 11, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, Form::kInt},
    {kIpv6, 12, IPPROTO_IPV6, IPV6_JOIN_GROUP, Form::kIpv6Membership},
    {kIpv6, 13, IPPROTO_IPV6, IPV6_LEAVE_GROUP, Form::kIpv6Membership},
    {kIpv6, 19, IPPROTO_IPV6, IPV6_RECVPKTINFO, Form::kInt},
#ifdef IPV6_HOPLIMIT
    {kIpv6, 21, IPPROTO_IPV6, IPV6_HOPLIMIT, Form::kInt},
#endif
    {kIpv6, 27, IPPROTO_IPV6, IPV6_V6ONLY, Form::kInt},
    {kIpv6, extra_option::kTrafficClass, IPPROTO_IPV6, IPV6_TCLASS, Form::kInt},

    {kTcp, 1, IPPROTO_TCP, TCP_NODELAY, Form::kInt},
#ifdef TCP_KEEPIDLE
    {kTcp, 3, IPPROTO_TCP, TCP_KEEPIDLE, Form::kInt},
#else
    {kTcp, 3, IPPROTO_TCP, TCP_KEEPALIVE, Form::kInt},  // macOS's name for it
#endif
#ifdef TCP_FASTOPEN
    {kTcp, 15, IPPROTO_TCP, TCP_FASTOPEN, Form::kInt},  // for both sides; see StartConnect
#endif
    {kTcp, 16, IPPROTO_TCP, TCP_KEEPCNT, Form::kInt},
    {kTcp, 17, IPPROTO_TCP, TCP_KEEPINTVL, Form::kInt},
#ifdef TCP_USER_TIMEOUT
    {kTcp, extra_option::kUserTimeout, IPPROTO_TCP, TCP_USER_TIMEOUT, Form::kInt},
#endif
#ifdef TCP_QUICKACK
    {kTcp, extra_option::kQuickAck, IPPROTO_TCP, TCP_QUICKACK, Form::kInt},
#endif
};

inline const Option* FindOption(int32_t level, int32_t name) {
  for (const Option& option : kOptions) {
    if (option.level == level && option.name == name) return &option;
  }
  return nullptr;
}

}  // namespace saea::os

#endif  // SAEA_OS_POSIX_OPTION_TABLE_H_
