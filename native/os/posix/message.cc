// Receiving and sending with addresses, several spans and packet information.

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <cstddef>
#include <cstring>

#include "os/address.h"
#include "os/numbers.h"
#include "os/posix/system_call.h"
#include "os/socket_ops.h"

namespace saea::os {

namespace {

// Room for the packet information of both families, which a dual-mode socket may get at once.
constexpr size_t kControlBytes = CMSG_SPACE(sizeof(in6_pktinfo)) + CMSG_SPACE(sizeof(in_pktinfo));

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

msghdr ToHeader(const Message& message) {
  static_assert(sizeof(Span) == sizeof(iovec) && offsetof(Span, length) == offsetof(iovec, iov_len),
                "a span is an iovec by another name");
  msghdr header = {};
  header.msg_iov = reinterpret_cast<iovec*>(const_cast<Span*>(message.spans));
  header.msg_iovlen = message.span_count;
  return header;
}

}  // namespace

Result ReceiveMessage(Descriptor socket, Message& message) {
  int flags = 0;
  if (message.flags != 0 && !ToSystemFlags(message.flags, flags)) return Failure(EOPNOTSUPP);
  sockaddr_storage storage;
  alignas(cmsghdr) uint8_t control[kControlBytes];
  msghdr header = ToHeader(message);
  const Result received = Retry([&] {
    if (message.address != nullptr) {
      header.msg_name = &storage;
      header.msg_namelen = sizeof(storage);
    }
    if (message.packet_information != nullptr) {
      header.msg_control = control;
      header.msg_controllen = sizeof(control);
    }
    return recvmsg(ToInt(socket), &header, flags);
  });
  if (!received.ok()) return received;
  message.flags = FromSystemFlags(header.msg_flags);
  if (message.address != nullptr) {
    FromSystemAddress(storage, header.msg_namelen, *message.address);
  }
  if (message.packet_information != nullptr) {
    ReadPacketInformation(header, *message.packet_information);
  }
  return received;
}

Result AwaitMessage(Descriptor socket, Message& message) {
  message.flags |= socket_flags::kPeek;
  message.span_count = 0;
  const Result peeked = ReceiveMessage(socket, message);
  return peeked.ok() ? Result() : peeked;
}

Result SendMessage(Descriptor socket, const Message& message) {
  int flags = 0;
  if (message.flags != 0 && !ToSystemFlags(message.flags, flags)) return Failure(EOPNOTSUPP);
  sockaddr_storage storage;
  msghdr header = ToHeader(message);
  if (message.address != nullptr) {
    header.msg_namelen = ToSystemAddress(*message.address, storage);
    header.msg_name = &storage;
    if (header.msg_namelen == 0) return Failure(EAFNOSUPPORT);
  }
  return Retry([&] { return sendmsg(ToInt(socket), &header, flags | kNoSignal); });
}

Result SendTo(Descriptor socket, Span span, uint32_t flags, const abi::Address& address) {
  Message message;
  message.spans = &span;
  message.span_count = 1;
  message.flags = flags;
  message.address = const_cast<abi::Address*>(&address);
  return SendMessage(socket, message);
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
