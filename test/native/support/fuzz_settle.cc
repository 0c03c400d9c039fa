// How a fuzz world comes to its end, and what must be true then.

#include <algorithm>

#include "os/numbers.h"
#include "support/fuzz_world.h"
#include "support/test.h"

namespace saea::test {

using abi::Kind;

namespace {

// Of native/socket/rest.h: a side may be resting.
constexpr uint32_t kLongestRestMs = 64;

}  // namespace

void FuzzWorld::Settle() {
  is_settling_ = true;
  faults_.reset();
  rig_.RunUntil([this] {
    rig_.event_loop.PassTime(kLongestRestMs);
    ReceiveEverywhere();
    return !IsPending(Kind::kSend) && !IsPending(Kind::kConnect);
  });
  EndSending();
  rig_.RunUntil([this] {
    rig_.event_loop.PassTime(kLongestRestMs);
    ReceiveEverywhere();
    return HaveAllEnded();
  });
  CloseAll();
  rig_.RunUntil([this] { return !IsPending(Kind::kReceive) && !IsPending(Kind::kAccept); });
  CheckAccounts();
}

bool FuzzWorld::IsPending(Kind kind) const {
  return std::any_of(uses_.begin(), uses_.end(),
                     [kind](const Use& use) { return use.kind == kind && use.args->is_pending(); });
}

// One receive at least waits on every open end, so that whoever sends gets on.
void FuzzWorld::ReceiveEverywhere() {
  for (Endpoint& endpoint : endpoints_) {
    if (!endpoint.is_open || endpoint.other == nullptr || endpoint.has_ended) continue;
    const bool has_one = std::any_of(uses_.begin(), uses_.end(), [&](const Use& use) {
      return use.kind == Kind::kReceive && use.endpoint == &endpoint;
    });
    if (!has_one) StartReceive(endpoint);  // or later, when an event args is free
  }
}

void FuzzWorld::EndSending() {
  for (const Endpoint& endpoint : endpoints_) {
    if (!endpoint.is_open || endpoint.other == nullptr) continue;
    rig_.at(endpoint.handle).Shutdown(os::socket_shutdown::kSend);
  }
}

bool FuzzWorld::HaveAllEnded() const {
  return std::all_of(endpoints_.begin(), endpoints_.end(), [](const Endpoint& endpoint) {
    const bool counts = endpoint.is_open && endpoint.other != nullptr && !endpoint.is_cut;
    return !counts || endpoint.has_ended;
  });
}

void FuzzWorld::CloseAll() {
  for (Endpoint& endpoint : endpoints_) {
    if (endpoint.is_open) rig_.sockets.Close(endpoint.handle, false);
    endpoint.is_open = false;
  }
}

void FuzzWorld::CheckAccounts() const {
  for (const Use& use : uses_) EXPECT_EQ(use.args->completed_count(), use.submissions);
  for (const Endpoint& endpoint : endpoints_) {
    if (endpoint.other == nullptr) continue;
    const std::string& sent = endpoint.other->sent;
    if (!endpoint.is_cut) EXPECT_EQ(endpoint.received.size(), sent.size());
    EXPECT_LE(endpoint.received.size(), sent.size());
    EXPECT_TRUE(sent.compare(0, endpoint.received.size(), endpoint.received) == 0);
  }
}

}  // namespace saea::test
