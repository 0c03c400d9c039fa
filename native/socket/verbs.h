// What each kind of operation does: one perform function per verb file, and the table from kind to
// function and side. The only switch over kinds.

#ifndef SAEA_SOCKET_VERBS_H_
#define SAEA_SOCKET_VERBS_H_

#include "abi/abi.h"
#include "engine/operation.h"

namespace saea::socket {

class SocketHandle;

enum class Outcome : uint8_t {
  kWouldBlock,      // not done; perform again when the side is ready
  kHeld,            // not done; waits for something else than the socket, see Direction::Resume
  kDone,            // results are set; the next operation may be tried at once
  kDoneAndDrained,  // results are set; the next call on this side would block for certain
};

enum class Side : uint8_t { kRead, kWrite, kNeither };

// is_ready: the system has just said so, which spares some verbs a call.
using Perform = Outcome (*)(SocketHandle& socket, engine::Operation& operation, bool is_ready);

struct Verb {
  Side side;
  // False: it is tried at once even if others wait, and the system says whether that makes sense.
  bool stands_in_line;
  Perform perform;
};

Outcome PerformAccept(SocketHandle& socket, engine::Operation& operation, bool is_ready);
Outcome PerformConnect(SocketHandle& socket, engine::Operation& operation, bool is_ready);
Outcome PerformDisconnect(SocketHandle& socket, engine::Operation& operation, bool is_ready);
Outcome PerformReceive(SocketHandle& socket, engine::Operation& operation, bool is_ready);
Outcome PerformReceiveFrom(SocketHandle& socket, engine::Operation& operation, bool is_ready);
Outcome PerformReceiveMessageFrom(SocketHandle& socket, engine::Operation& operation,
                                  bool is_ready);
Outcome PerformSend(SocketHandle& socket, engine::Operation& operation, bool is_ready);
Outcome PerformSendPackets(SocketHandle& socket, engine::Operation& operation, bool is_ready);
Outcome PerformSendTo(SocketHandle& socket, engine::Operation& operation, bool is_ready);

const Verb& VerbOf(abi::Kind kind);

}  // namespace saea::socket

#endif  // SAEA_SOCKET_VERBS_H_
