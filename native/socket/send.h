// The sending step that Send shares with SendTo and with Connect (whose buffer follows the
// connection).

#ifndef SAEA_SOCKET_SEND_H_
#define SAEA_SOCKET_SEND_H_

#include "socket/socket_handle.h"

namespace saea::socket {

// Sends what is left of the operation's window or list. A stream's operation is done only when all
// of it was taken; a partial send stays first in line. flags: SocketFlags. address: whom to, if not
// the peer.
Outcome SendRemaining(SocketHandle& socket, engine::Operation& operation, uint32_t flags,
                      abi::Address* address = nullptr);

// What a call that was given so many bytes has taken of them.
Outcome FinishSend(SocketHandle& socket, engine::Operation& operation, const os::Result& sent,
                   size_t given);

}  // namespace saea::socket

#endif  // SAEA_SOCKET_SEND_H_
