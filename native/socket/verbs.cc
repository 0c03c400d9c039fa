#include "socket/verbs.h"

namespace saea::socket {

namespace {

Outcome PerformNothing(SocketHandle&, engine::Operation&, bool) {
  UNREACHABLE();
}

bool JoinNothing(engine::Operation&, os::Datagram&) {
  return false;
}

constexpr Verb kAccept = {Side::kRead, true, PerformAccept, JoinNothing};
// A second connect while the first goes on is AlreadyInProgress, not a second in line.
constexpr Verb kConnect = {Side::kWrite, false, PerformConnect, JoinNothing};
constexpr Verb kDisconnect = {Side::kNeither, false, PerformDisconnect, JoinNothing};
constexpr Verb kReceive = {Side::kRead, true, PerformReceive, JoinReceive};
constexpr Verb kReceiveFrom = {Side::kRead, true, PerformReceiveFrom, JoinReceiveFrom};
constexpr Verb kReceiveMessageFrom = {Side::kRead, true, PerformReceiveMessageFrom,
                                      JoinReceiveMessageFrom};
constexpr Verb kSend = {Side::kWrite, true, PerformSend, JoinSend};
constexpr Verb kSendPackets = {Side::kWrite, true, PerformSendPackets, JoinNothing};
constexpr Verb kSendTo = {Side::kWrite, true, PerformSendTo, JoinSendTo};
constexpr Verb kNothing = {Side::kNeither, false, PerformNothing, JoinNothing};

}  // namespace

const Verb& VerbOf(abi::Kind kind) {
  switch (kind) {
    case abi::Kind::kAccept:
      return kAccept;
    case abi::Kind::kConnect:
      return kConnect;
    case abi::Kind::kDisconnect:
      return kDisconnect;
    case abi::Kind::kReceive:
      return kReceive;
    case abi::Kind::kReceiveFrom:
      return kReceiveFrom;
    case abi::Kind::kReceiveMessageFrom:
      return kReceiveMessageFrom;
    case abi::Kind::kSend:
      return kSend;
    case abi::Kind::kSendPackets:
      return kSendPackets;
    case abi::Kind::kSendTo:
      return kSendTo;
    case abi::Kind::kNone:
      break;
  }
  return kNothing;
}

}  // namespace saea::socket
