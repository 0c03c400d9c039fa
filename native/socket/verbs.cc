#include "socket/verbs.h"

namespace saea::socket {

namespace {

Outcome PerformNothing(SocketHandle&, engine::Operation&, bool) {
  UNREACHABLE();
}

constexpr Verb kAccept = {Side::kRead, true, PerformAccept};
// A second connect while the first goes on is AlreadyInProgress, not a second in line.
constexpr Verb kConnect = {Side::kWrite, false, PerformConnect};
constexpr Verb kDisconnect = {Side::kNeither, false, PerformDisconnect};
constexpr Verb kReceive = {Side::kRead, true, PerformReceive};
constexpr Verb kSend = {Side::kWrite, true, PerformSend};
constexpr Verb kNothing = {Side::kNeither, false, PerformNothing};

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
    case abi::Kind::kSend:
      return kSend;
    case abi::Kind::kNone:
    case abi::Kind::kReceiveFrom:
    case abi::Kind::kReceiveMessageFrom:
    case abi::Kind::kSendPackets:
    case abi::Kind::kSendTo:
      break;
  }
  return kNothing;
}

}  // namespace saea::socket
