// ReceiveMessageFrom: receive, whom it came from, where it was addressed to and how it came in.

#include "os/numbers.h"
#include "socket/receive.h"

namespace saea::socket {

Outcome PerformReceiveMessageFrom(SocketHandle& socket, engine::Operation& operation,
                                  bool is_ready) {
  abi::PacketInformation& information = operation.packet_information();
  information.family = static_cast<uint32_t>(os::address_family::kUnspecified);
  information.interface_index = 0;
  ReceiveExtras extras;
  extras.address = &operation.address();
  extras.packet_information = &information;
  return ReceiveInto(socket, operation, is_ready, extras);
}

bool JoinReceiveMessageFrom(engine::Operation& operation, os::Datagram& datagram) {
  if (!JoinReceiveFrom(operation, datagram)) return false;
  datagram.packet_information = &operation.packet_information();
  return true;
}

}  // namespace saea::socket
