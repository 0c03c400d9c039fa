// What each kind of operation does: one perform function per verb file, and the table from kind to
// function and side. The only switch over kinds.

#ifndef SAEA_SOCKET_VERBS_H_
#define SAEA_SOCKET_VERBS_H_

#include "abi/abi.h"
#include "engine/operation.h"
#include "os/datagrams.h"

namespace saea::socket {

class SocketHandle;

enum class Outcome : uint8_t {
  kWouldBlock,      // not done; perform again when the side is ready
  kHeld,            // not done; waits for something else than the socket, see Direction::Resume
  kDone,            // results are set; the next operation may be tried at once
  kDoneAndFull,     // results are set; whether there is more behind them is not known
  kDoneAndDrained,  // results are set; the next call on this side would block for certain
};

// What a call that failed means for its operation: that it waits, or how it ends.
inline Outcome Fail(engine::Operation& operation, const os::Result& result) {
  if (result.would_block()) return Outcome::kWouldBlock;
  operation.SetResult(result.error, result.native_error);
  return Outcome::kDone;
}

enum class Side : uint8_t { kRead, kWrite, kNeither };

// is_ready: the system has just said so, which spares some verbs a call.
using Perform = Outcome (*)(SocketHandle& socket, engine::Operation& operation, bool is_ready);

// Says what the operation moves if it goes together with others, in one call for several datagrams;
// false if it must be performed alone. See socket/datagrams.h.
using Join = bool (*)(engine::Operation& operation, os::Datagram& datagram);

struct Verb {
  Side side;
  // False: it is tried at once even if others wait, and the system says whether that makes sense.
  bool stands_in_line;
  Perform perform;
  Join join;
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

bool JoinReceive(engine::Operation& operation, os::Datagram& datagram);
bool JoinReceiveFrom(engine::Operation& operation, os::Datagram& datagram);
bool JoinReceiveMessageFrom(engine::Operation& operation, os::Datagram& datagram);
bool JoinSend(engine::Operation& operation, os::Datagram& datagram);
bool JoinSendTo(engine::Operation& operation, os::Datagram& datagram);

const Verb& VerbOf(abi::Kind kind);

}  // namespace saea::socket

#endif  // SAEA_SOCKET_VERBS_H_
