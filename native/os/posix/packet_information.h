// Where a datagram was addressed to and how it came in, as the system tells it: control messages.

#ifndef SAEA_OS_POSIX_PACKET_INFORMATION_H_
#define SAEA_OS_POSIX_PACKET_INFORMATION_H_

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstddef>

#include "abi/abi.h"

namespace saea::os {

// Room for the packet information of both families, which a dual-mode socket may get at once.
constexpr size_t kControlBytes = CMSG_SPACE(sizeof(in6_pktinfo)) + CMSG_SPACE(sizeof(in_pktinfo));

// What a received message tells; family Unspecified if that is nothing.
void ReadPacketInformation(msghdr& header, abi::PacketInformation& information);

}  // namespace saea::os

#endif  // SAEA_OS_POSIX_PACKET_INFORMATION_H_
