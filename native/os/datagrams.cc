// Several datagrams by one call for each, for systems that have no call for several.

#include "os/datagrams.h"

#ifndef __linux__

namespace saea::os {

namespace {

Message ToMessage(Datagram& datagram) {
  Message message;
  message.spans = &datagram.span;
  message.span_count = 1;
  message.address = datagram.address;
  message.packet_information = datagram.packet_information;
  return message;
}

}  // namespace

// One at a time: the error that stopped a second one could not be told any more.
Result ReceiveDatagrams(Descriptor socket, Datagram* datagrams, size_t, bool& is_drained) {
  Message message = ToMessage(datagrams[0]);
  const Result received = ReceiveMessage(socket, message);
  is_drained = false;
  if (!received.ok()) return received;
  datagrams[0].length = static_cast<size_t>(received.value);
  datagrams[0].flags = message.flags;
  return {1, socket_error::kSuccess, 0};
}

Result SendDatagrams(Descriptor socket, Datagram* datagrams, size_t count, Segmenting&) {
  Result all;
  for (size_t i = 0; i < count; ++i) {
    const Result sent = SendMessage(socket, ToMessage(datagrams[i]));
    if (!sent.ok()) return i == 0 ? sent : all;
    datagrams[i].length = static_cast<size_t>(sent.value);
    ++all.value;
  }
  return all;
}

}  // namespace saea::os

#endif  // __linux__
