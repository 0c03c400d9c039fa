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
constexpr Verb kReceiveFrom = {Side::kRead, true, PerformReceiveFrom};
constexpr Verb kReceiveMessageFrom = {Side::kRead, true, PerformReceiveMessageFrom};
constexpr Verb kSend = {Side::kWrite, true, PerformSend};
constexpr Verb kSendPackets = {Side::kWrite, true, PerformSendPackets};
constexpr Verb kSendTo = {Side::kWrite, true, PerformSendTo};
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
