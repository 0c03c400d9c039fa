// Contract for several datagrams in one call, where the system has such calls; elsewhere one call
// for each. Beside socket_ops.h, whose rules hold here too.

#ifndef SAEA_OS_DATAGRAMS_H_
#define SAEA_OS_DATAGRAMS_H_

#include "os/socket_ops.h"

namespace saea::os {

// The most datagrams one call takes.
constexpr size_t kMaxDatagrams = 64;

// One of them. Those of a call have no flags; one buffer each.
struct Datagram {
  Span span;
  abi::Address*
      address;  // whom to send to, or null for the peer; where to put the sender, if asked
  abi::PacketInformation* packet_information;  // receive only, if wanted
  size_t length;                               // bytes received, or sent
  uint32_t flags;                              // SocketFlags that came out of a receive
};

// Receives datagrams, in order, at most count; value is how many, at least 1. The error is that of
// the first; one that stops a later datagram stays with the system, which then says that the socket
// is ready. is_drained: there were no more, and the next call would block or tell that error.
Result ReceiveDatagrams(Descriptor socket, Datagram* datagrams, size_t count, bool& is_drained);

// Whether neighbours of one size to one address may leave a socket as one large datagram that the
// system cuts up on its way (UDP_SEGMENT of Linux). What is known of a socket, kept by its owner.
enum class Segmenting : uint8_t { kUnknown, kAllowed, kRefused };

// Sends datagrams, in order; value is how many left, at least 1. The error is that of the first:
// call again for the rest to hear why it stopped.
Result SendDatagrams(Descriptor socket, Datagram* datagrams, size_t count, Segmenting& segmenting);

}  // namespace saea::os

#endif  // SAEA_OS_DATAGRAMS_H_
