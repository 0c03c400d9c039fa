// The receiving step that Receive shares with ReceiveFrom and ReceiveMessageFrom, which want to
// know more than the bytes.

#ifndef SAEA_SOCKET_RECEIVE_H_
#define SAEA_SOCKET_RECEIVE_H_

#include "socket/socket_handle.h"

namespace saea::socket {

struct ReceiveExtras {
  abi::Address* address = nullptr;
  abi::PacketInformation* packet_information = nullptr;
};

// Receives into the operation's window or list; with neither, waits for data and takes none.
Outcome ReceiveInto(SocketHandle& socket, engine::Operation& operation, bool is_ready,
                    const ReceiveExtras& extras);

// What a call that was to receive so many bytes of a stream has given.
Outcome FinishReceive(SocketHandle& socket, engine::Operation& operation,
                      const os::Result& received, size_t asked, uint32_t result_flags = 0);

}  // namespace saea::socket

#endif  // SAEA_SOCKET_RECEIVE_H_
