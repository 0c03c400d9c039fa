// Receiving and sending with addresses, several spans and packet information.

#include <algorithm>
#include <cstring>

#include "os/address.h"
#include "os/numbers.h"
#include "os/win/winsock.h"

namespace saea::os {

namespace {

// Room for the packet information of both families, which a dual-mode socket may get at once.
constexpr size_t kControlBytes =
    WSA_CMSG_SPACE(sizeof(IN6_PKTINFO)) + WSA_CMSG_SPACE(sizeof(IN_PKTINFO));

// Spans as Winsock has them: lengths of 32 bits, and at least one buffer, be it empty.
struct Buffers {
  explicit Buffers(const Message& message) {
    for (size_t i = 0; i < message.span_count; ++i) {
      list[i].len = static_cast<ULONG>(message.spans[i].length);
      list[i].buf = reinterpret_cast<CHAR*>(message.spans[i].data);
      length += message.spans[i].length;
    }
    count = static_cast<DWORD>(std::max<size_t>(message.span_count, 1));
    if (message.span_count == 0) list[0] = {0, nullptr};
  }

  WSABUF list[kMaxSpans];
  DWORD count;
  size_t length = 0;
};

void ReadIpv4(const IN_PKTINFO& from, abi::PacketInformation& to) {
  to.family = static_cast<uint32_t>(address_family::kInterNetwork);
  to.interface_index = from.ipi_ifindex;
  std::memcpy(to.bytes, &from.ipi_addr, sizeof(from.ipi_addr));
}

// .NET shows the destination of an IPv4 packet as IPv4, on dual-mode sockets too.
void ReadIpv6(const IN6_PKTINFO& from, abi::PacketInformation& to) {
  constexpr size_t kMappedPrefixBytes = 12;
  const bool is_mapped = IN6_IS_ADDR_V4MAPPED(&from.ipi6_addr);
  const auto* bytes = reinterpret_cast<const uint8_t*>(&from.ipi6_addr);
  to.family = static_cast<uint32_t>(is_mapped ? address_family::kInterNetwork
                                              : address_family::kInterNetworkV6);
  to.interface_index = from.ipi6_ifindex;
  if (is_mapped) {
    std::memcpy(to.bytes, bytes + kMappedPrefixBytes, sizeof(in_addr));
  } else {
    std::memcpy(to.bytes, bytes, sizeof(from.ipi6_addr));
  }
}

void ReadPacketInformation(WSAMSG& header, abi::PacketInformation& information) {
  for (WSACMSGHDR* at = WSA_CMSG_FIRSTHDR(&header); at != nullptr;
       at = WSA_CMSG_NXTHDR(&header, at)) {
    if (at->cmsg_level == IPPROTO_IP && at->cmsg_type == IP_PKTINFO) {
      ReadIpv4(*reinterpret_cast<const IN_PKTINFO*>(WSA_CMSG_DATA(at)), information);
      return;  // more to the point than the IPv6 form of the same
    }
    if (at->cmsg_level == IPPROTO_IPV6 && at->cmsg_type == IPV6_PKTINFO) {
      ReadIpv6(*reinterpret_cast<const IN6_PKTINFO*>(WSA_CMSG_DATA(at)), information);
    }
  }
}

// Winsock has WSARecvMsg, and hides it: it is not exported, but asked for by way of a socket.
LPFN_WSARECVMSG FindReceiveMessage() {
  LPFN_WSARECVMSG found = nullptr;
  const SOCKET any = WSASocketW(AF_INET, SOCK_DGRAM, IPPROTO_UDP, nullptr, 0,
                                WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  if (any == INVALID_SOCKET) return nullptr;
  GUID id = WSAID_WSARECVMSG;
  DWORD bytes = 0;
  WSAIoctl(any, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &found, sizeof(found), &bytes,
           nullptr, nullptr);
  closesocket(any);
  return found;
}

// What a call has answered, with the one answer that is no failure here: a datagram longer than the
// buffers, of which they hold the beginning.
Result FromReceived(int status, DWORD bytes, size_t capacity, int& flags) {
  if (status == 0) return {bytes, socket_error::kSuccess, 0};
  const int error = WSAGetLastError();
  if (error != WSAEMSGSIZE) return Failure(error);
  flags |= MSG_TRUNC;
  return {static_cast<int64_t>(capacity), socket_error::kSuccess, 0};
}

Result ReceivePlain(Descriptor socket, Message& message, int asked, Buffers& buffers) {
  sockaddr_storage storage = {};  // streams leave it alone
  int length = sizeof(storage);
  DWORD bytes = 0;
  DWORD in_out = static_cast<DWORD>(asked);
  const bool has_address = message.address != nullptr;
  const int status = WSARecvFrom(ToSocket(socket), buffers.list, buffers.count, &bytes, &in_out,
                                 has_address ? reinterpret_cast<sockaddr*>(&storage) : nullptr,
                                 has_address ? &length : nullptr, nullptr, nullptr);
  int flags = status == 0 ? static_cast<int>(in_out) & ~asked : 0;
  const Result received = FromReceived(status, bytes, buffers.length, flags);
  if (!received.ok()) return received;
  message.flags = FromSystemFlags(flags);
  if (has_address) FromSystemAddress(storage, length, *message.address);
  return received;
}

Result ReceiveInformed(LPFN_WSARECVMSG receive_message, Descriptor socket, Message& message,
                       int asked, Buffers& buffers) {
  sockaddr_storage storage = {};
  alignas(WSACMSGHDR) char control[kControlBytes];
  WSAMSG header = {};
  header.name = reinterpret_cast<sockaddr*>(&storage);
  header.namelen = sizeof(storage);
  header.lpBuffers = buffers.list;
  header.dwBufferCount = buffers.count;
  header.Control = {sizeof(control), control};
  header.dwFlags = static_cast<DWORD>(asked);
  DWORD bytes = 0;
  const int status = receive_message(ToSocket(socket), &header, &bytes, nullptr, nullptr);
  int flags = static_cast<int>(header.dwFlags) & ~asked;
  const Result received = FromReceived(status, bytes, buffers.length, flags);
  if (!received.ok()) return received;
  message.flags = FromSystemFlags(flags);
  if (message.address != nullptr) FromSystemAddress(storage, header.namelen, *message.address);
  ReadPacketInformation(header, *message.packet_information);
  return received;
}

}  // namespace

Result ReceiveMessage(Descriptor socket, Message& message) {
  int asked = 0;
  if (!ToSystemFlags(message.flags, asked)) return Failure(WSAEOPNOTSUPP);
  Buffers buffers(message);
  if (message.packet_information == nullptr) return ReceivePlain(socket, message, asked, buffers);
  message.packet_information->family = static_cast<uint32_t>(address_family::kUnspecified);
  message.packet_information->interface_index = 0;
  static const LPFN_WSARECVMSG receive_message = FindReceiveMessage();
  if (receive_message == nullptr) return ReceivePlain(socket, message, asked, buffers);
  const Result received = ReceiveInformed(receive_message, socket, message, asked, buffers);
  // Streams have no such thing on Windows.
  if (received.native_error != WSAEOPNOTSUPP) return received;
  return ReceivePlain(socket, message, asked, buffers);
}

Result AwaitMessage(Descriptor socket, Message& message) {
  message.flags |= socket_flags::kPeek;
  message.span_count = 0;
  const Result peeked = ReceiveMessage(socket, message);
  return peeked.ok() ? Result() : peeked;
}

Result SendMessage(Descriptor socket, const Message& message) {
  int flags = 0;
  if (!ToSystemFlags(message.flags, flags)) return Failure(WSAEOPNOTSUPP);
  sockaddr_storage storage;
  int length = 0;
  if (message.address != nullptr) {
    length = ToSystemAddress(*message.address, storage);
    if (length == 0) return Failure(WSAEAFNOSUPPORT);
  }
  Buffers buffers(message);
  DWORD bytes = 0;
  const int status =
      WSASendTo(ToSocket(socket), buffers.list, buffers.count, &bytes, static_cast<DWORD>(flags),
                length == 0 ? nullptr : reinterpret_cast<const sockaddr*>(&storage), length,
                nullptr, nullptr);
  if (status != 0) return LastFailure();
  return {bytes, socket_error::kSuccess, 0};
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
  const DWORD on = 1;
  const auto* value = reinterpret_cast<const char*>(&on);
  const Result ipv6 =
      FromStatus(setsockopt(ToSocket(socket), IPPROTO_IPV6, IPV6_PKTINFO, value, sizeof(on)));
  const Result ipv4 =
      FromStatus(setsockopt(ToSocket(socket), IPPROTO_IP, IP_PKTINFO, value, sizeof(on)));
  return ipv6.ok() ? ipv6 : ipv4;
}

}  // namespace saea::os
