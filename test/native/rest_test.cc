// What happens when the system says "ready" again and again, and each call would block.

#include "socket/rest.h"

#include <cerrno>

#include "os/numbers.h"
#include "support/faults.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::abi::Kind;
using saea::socket::Rest;
using saea::test::Call;
using saea::test::CallCounter;
using saea::test::EventArgs;
using saea::test::Faults;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Peer;
using saea::test::Rig;

constexpr uint32_t kLongestMs = Rest::After(Rest::kMostCounted);
constexpr uint32_t kForEver = 1000000;
// Before the first rest; then one for each rest that ends while nobody lets time pass but this
// test.
constexpr uint32_t kMostCalls = Rest::kMostCounted + 2;

// A receive waits on a connection that is readable, by calls that fail so often.
struct Fixture {
  explicit Fixture(uint32_t times) : socket(rig.Connect(PairKind::kTcp4, peer)) {
    receive.Submit(socket, Kind::kReceive);
    faults.Fail(Call::kReceive, EAGAIN, times);
    peer.Write("ping");
  }

  // Until there is a timer beside the watcher.
  void RunUntilRest() {
    rig.RunUntil([&] { return rig.busy_handle_count() == 2; });
  }

  void RunThroughRests(const EventArgs& args) {
    rig.RunUntil([&] {
      rig.event_loop.PassTime(kLongestMs + 1);
      return !args.is_pending();
    });
  }

  Rig rig{false};
  Peer peer;
  Handle socket;
  EventArgs& receive = rig.NewArgs(16);
  Faults faults;
};

}  // namespace

TEST(RestsBecomeLongerAndNotForEver) {
  EXPECT_EQ(Rest::After(1), 0);
  EXPECT_EQ(Rest::After(8), 1);
  EXPECT_EQ(Rest::After(9), 2);
  EXPECT_EQ(kLongestMs, 64);
}

TEST(ReadinessWithoutEndDoesNotKeepTheLoopBusy) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(kForEver);
  const CallCounter calls;
  for (int i = 0; i < 10; ++i) test.rig.RunIdly();
  EXPECT_GE(calls.of(Call::kReceive), 8);
  EXPECT_LE(calls.of(Call::kReceive), kMostCalls);
  EXPECT_TRUE(test.receive.is_pending());
}

TEST(WhatWaitsIsTriedAgainAfterARest) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(10);
  test.RunUntilRest();
  test.RunThroughRests(test.receive);
  EXPECT_EQ(test.receive.TransferredText(), "ping");
}

TEST(FewFalseAlarmsDoNotMatter) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(7);
  const size_t handles = test.rig.busy_handle_count();
  test.rig.RunUntilDone(test.receive);
  EXPECT_EQ(test.receive.TransferredText(), "ping");
  EXPECT_EQ(test.rig.busy_handle_count(), handles);  // no timer
}

TEST(WhatMovesBytesForgetsTheFalseAlarms) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(7);
  for (int i = 0; i < 3; ++i) {
    test.rig.RunUntilDone(test.receive);
    test.receive.Submit(test.socket, Kind::kReceive);
    test.faults.Fail(Call::kReceive, EAGAIN, 7);
    test.peer.Write("pong");
  }
  test.rig.RunUntilDone(test.receive);
  EXPECT_EQ(test.receive.TransferredText(), "pong");
}

TEST(WhatFinishesAtOnceForgetsThemToo) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(7);
  test.rig.RunUntilDone(test.receive);
  for (int i = 0; i < 3; ++i) {
    test.receive.Submit(test.socket, Kind::kReceive);
    test.faults.Fail(Call::kReceive, EAGAIN, 3);
    test.peer.Write("ping");
    for (int turn = 0; turn < 3; ++turn) test.rig.RunTurn();
    EXPECT_TRUE(test.receive.is_pending());
    EXPECT_TRUE(test.receive.Cancel(test.socket));  // leaves the three counted
    test.rig.RunUntilDone(test.receive);
    EventArgs& next = test.rig.NewArgs(16);
    test.rig.at(test.socket).direction(saea::socket::Side::kRead).set_may_be_ready(true);
    EXPECT_EQ(next.Submit(test.socket, Kind::kReceive), saea::abi::Submission::kCompleted);
  }
  EXPECT_EQ(test.rig.busy_handle_count(), 1);  // no timer
}

TEST(OtherSideGoesOnDuringARest) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(kForEver);
  test.RunUntilRest();
  constexpr size_t kMoreThanTheKernelTakes = 16 << 20;
  EventArgs& send = test.rig.NewArgs(kMoreThanTheKernelTakes);
  send.Submit(test.socket, Kind::kSend);
  EXPECT_TRUE(send.is_pending());
  while (send.is_pending()) {
    test.peer.ReadAvailable();
    test.rig.RunTurn();
  }
  EXPECT_EQ(send.transferred(), kMoreThanTheKernelTakes);
}

TEST(CloseDuringARestLeavesNothing) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(kForEver);
  test.RunUntilRest();
  test.rig.sockets.Close(test.socket, false);
  test.rig.RunUntilDone(test.receive);
  EXPECT_EQ(test.receive.error(), saea::os::socket_error::kOperationAborted);
  EXPECT_TRUE(test.rig.RunUntil([&] { return test.rig.busy_handle_count() == 0; }));
}

TEST(NextOperationAfterACancelDuringARestGetsItsBytes) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(9);
  test.RunUntilRest();
  EXPECT_TRUE(test.receive.Cancel(test.socket));
  EventArgs& next = test.rig.NewArgs(16);
  next.Submit(test.socket, Kind::kReceive);
  test.RunThroughRests(next);
  EXPECT_EQ(next.TransferredText(), "ping");
}

TEST(RestDoesNotKeepTheProcessAlive) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(kForEver);
  test.rig.at(test.socket).SetReferenced(false);
  test.RunUntilRest();
  EXPECT_GT(test.rig.busy_handle_count(), 0);
  EXPECT_FALSE(test.rig.event_loop.is_alive());
}

TEST(DatagramSocketThatWasShutDownRestsAndReceivesAllTheSame) {
  REQUIRE_WRAPPED_CALLS();
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kUdp4, peer);
  EventArgs& receive = rig.NewArgs(16);
  receive.Submit(socket, Kind::kReceive);
  EXPECT_TRUE(rig.at(socket).Shutdown(saea::os::socket_shutdown::kReceive).ok());
  const CallCounter calls;
  for (int i = 0; i < 10; ++i) rig.RunIdly();
  EXPECT_LE(calls.of(Call::kReceive) + calls.of(Call::kReceiveMessage), kMostCalls);
  if (!receive.is_pending()) return;  // macOS ends it
  peer.Write("ping");
  rig.event_loop.PassTime(kLongestMs + 1);
  rig.RunUntilDone(receive);
  EXPECT_EQ(receive.TransferredText(), "ping");
}
