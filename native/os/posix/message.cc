// Receiving and sending one message with addresses, several spans and packet information.

#include <sys/socket.h>
#include <sys/uio.h>

#include <cstddef>

#include "os/address.h"
#include "os/numbers.h"
#include "os/posix/packet_information.h"
#include "os/posix/system_call.h"
#include "os/socket_ops.h"

namespace saea::os {

namespace {

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

}  // namespace saea::os
