#include "os/posix/packet_information.h"

#include <cstring>

#include "os/numbers.h"
#include "os/posix/system_call.h"

namespace saea::os {

namespace {

// Linux has it as an option of the IPv6 level too; elsewhere mapped packets tell theirs as IPv6.
void ReadIpv4(const in_pktinfo& from, abi::PacketInformation& to) {
  to.family = static_cast<uint32_t>(address_family::kInterNetwork);
  to.interface_index = static_cast<uint32_t>(from.ipi_ifindex);
  std::memcpy(to.bytes, &from.ipi_addr, sizeof(from.ipi_addr));
}

// .NET shows the destination of an IPv4 packet as IPv4, on dual-mode sockets too.
void ReadIpv6(const in6_pktinfo& from, abi::PacketInformation& to) {
  constexpr size_t kMappedPrefixBytes = 12;
  const bool is_mapped = IN6_IS_ADDR_V4MAPPED(&from.ipi6_addr);
  const auto* bytes = reinterpret_cast<const uint8_t*>(&from.ipi6_addr);
  to.family = static_cast<uint32_t>(is_mapped ? address_family::kInterNetwork
                                              : address_family::kInterNetworkV6);
  to.interface_index = static_cast<uint32_t>(from.ipi6_ifindex);
  if (is_mapped) {
    std::memcpy(to.bytes, bytes + kMappedPrefixBytes, sizeof(in_addr));
  } else {
    std::memcpy(to.bytes, bytes, sizeof(from.ipi6_addr));
  }
}

}  // namespace

void ReadPacketInformation(msghdr& header, abi::PacketInformation& information) {
  information.family = static_cast<uint32_t>(address_family::kUnspecified);
  information.interface_index = 0;
  for (cmsghdr* at = CMSG_FIRSTHDR(&header); at != nullptr; at = CMSG_NXTHDR(&header, at)) {
    if (at->cmsg_level == IPPROTO_IP && at->cmsg_type == IP_PKTINFO) {
      ReadIpv4(*reinterpret_cast<const in_pktinfo*>(CMSG_DATA(at)), information);
      return;  // more to the point than the IPv6 form of the same
    }
    if (at->cmsg_level == IPPROTO_IPV6 && at->cmsg_type == IPV6_PKTINFO) {
      ReadIpv6(*reinterpret_cast<const in6_pktinfo*>(CMSG_DATA(at)), information);
    }
  }
}

Result EnablePacketInformation(Descriptor socket) {
  const int on = 1;
  const Result ipv6 =
      FromReturn(setsockopt(ToInt(socket), IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof(on)));
  const Result ipv4 =
      FromReturn(setsockopt(ToInt(socket), IPPROTO_IP, IP_PKTINFO, &on, sizeof(on)));
  // Linux takes the IPv4 option on IPv6 sockets too, for the IPv4 packets of a dual-mode one.
  return ipv6.ok() ? ipv6 : ipv4;
}

}  // namespace saea::os
