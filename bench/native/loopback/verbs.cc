// The product's table of verbs, with sending replaced by a loop-back: an operation that performs
// nothing, so that what is left is the cost of the way down and up. Takes the place of
// native/socket/verbs.cc in the addon of `npm run bench:micro`, and is in no other build.
//
// What a send does is said by how many bytes it is to send:
//
//   kFinish   it is complete at once
//   kHold     it waits until it is released
//   kRelease  it is complete at once, and so are all that wait, in the order in which they came

#include <vector>

#include "socket/socket_handle.h"
#include "socket/verbs.h"

// The product's own table, under another name.
#define VerbOf ProductVerbOf
#include "socket/verbs.cc"
#undef VerbOf

namespace saea::socket {

namespace {

constexpr uint32_t kHold = 2;
constexpr uint32_t kRelease = 3;

// One event loop, one thread: the program that loads this addon has no workers.
std::vector<SocketHandle*>& Held() {
  static auto& held = *new std::vector<SocketHandle*>;
  return held;
}

void ReleaseAll() {
  for (SocketHandle* socket : Held()) socket->ResumeWriting();
  Held().clear();
}

Outcome PerformLoopback(SocketHandle& socket, engine::Operation& operation, bool is_ready) {
  const uint32_t what = operation.record().count;
  if (what == kHold && !is_ready) {
    Held().push_back(&socket);
    return Outcome::kHeld;
  }
  if (what == kRelease) ReleaseAll();
  operation.AddProgress(what);
  operation.SetResult(os::socket_error::kSuccess, 0);
  return Outcome::kDone;
}

constexpr Verb kLoopback = {Side::kWrite, true, PerformLoopback, JoinNothing};

}  // namespace

const Verb& VerbOf(abi::Kind kind) {
  return kind == abi::Kind::kSend ? kLoopback : ProductVerbOf(kind);
}

}  // namespace saea::socket
