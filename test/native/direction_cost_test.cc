// What an operation costs: synchronous finishes per turn, and system calls that are not made.

#include <string>
#include <vector>

#include "support/faults.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::abi::Kind;
using saea::abi::Submission;
using saea::test::Call;
using saea::test::CallCounter;
using saea::test::EventArgs;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Peer;
using saea::test::Rig;

// kSyncBudget of native/socket/direction.cc, which nothing but this test needs to know.
constexpr uint32_t kSyncBudget = 32;

// Receives a byte again and again; how often that finished at once.
uint32_t CountSynchronous(EventArgs& args, Handle socket) {
  uint32_t count = 0;
  while (count < 2 * kSyncBudget && args.Submit(socket, Kind::kReceive) == Submission::kCompleted) {
    ++count;
  }
  return count;
}

// Messages that are just as long as the buffer, each awaited; a receive waits before and after.
void ReceiveFullBuffers(Rig& rig, Peer& peer, Handle socket, EventArgs& args, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    peer.Write("ab");
    rig.RunUntilDone(args);
    EXPECT_EQ(args.TransferredText(), "ab");
    EXPECT_EQ(args.Submit(socket, Kind::kReceive), Submission::kPending);
  }
}

}  // namespace

TEST(SynchronousFinishesOfOneSideAreLimitedPerTurn) {
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  peer.Write(std::string(4 * kSyncBudget, 'x'));
  rig.AwaitAvailable(socket, 4 * kSyncBudget);
  EventArgs& args = rig.NewArgs(1);
  EXPECT_EQ(CountSynchronous(args, socket), kSyncBudget);
  EXPECT_EQ(args.transferred(), 1);  // it was performed, and its result goes through the ring
  rig.RunTurn();
  EXPECT_EQ(args.completed_count(), kSyncBudget + 1);
  EXPECT_EQ(CountSynchronous(args, socket), kSyncBudget);  // a new turn, a new budget
}

TEST(EachSideAndEachSocketHasItsOwnBudget) {
  Rig rig;
  Peer peers[2];
  const Handle sockets[2] = {rig.Connect(PairKind::kTcp4, peers[0]),
                             rig.Connect(PairKind::kTcp4, peers[1])};
  for (int i = 0; i < 2; ++i) {
    peers[i].Write(std::string(2 * kSyncBudget, 'x'));
    rig.AwaitAvailable(sockets[i], 2 * kSyncBudget);
  }
  EXPECT_EQ(CountSynchronous(rig.NewArgs(1), sockets[0]), kSyncBudget);
  EXPECT_EQ(rig.NewArgs("y").Submit(sockets[0], Kind::kSend), Submission::kCompleted);
  EXPECT_EQ(CountSynchronous(rig.NewArgs(1), sockets[1]), kSyncBudget);
}

TEST(ReceiveAfterAShortOneWaitsWithoutASystemCall) {
  REQUIRE_WRAPPED_CALLS();
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  peer.Write("ab");
  rig.AwaitAvailable(socket, 2);
  EXPECT_EQ(rig.NewArgs(10).Submit(socket, Kind::kReceive), Submission::kCompleted);
  const CallCounter calls;
  EventArgs& next = rig.NewArgs(10);
  EXPECT_EQ(next.Submit(socket, Kind::kReceive), Submission::kPending);
  EXPECT_EQ(calls.of(Call::kReceive), 0);
  peer.Write("cd");
  rig.RunUntilDone(next);
  EXPECT_EQ(calls.of(Call::kReceive), 1);
}

TEST(ReceiveAfterAFullOneIsTried) {
  REQUIRE_WRAPPED_CALLS();
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  peer.Write("abcd");
  rig.AwaitAvailable(socket, 4);
  const CallCounter calls;
  EXPECT_EQ(rig.NewArgs(2).Submit(socket, Kind::kReceive), Submission::kCompleted);
  EXPECT_EQ(rig.NewArgs(2).Submit(socket, Kind::kReceive), Submission::kCompleted);
  EXPECT_EQ(calls.of(Call::kReceive), 2);
}

TEST(MessagesAsLongAsTheBufferAreNotFollowedByTriesInVain) {
  REQUIRE_WRAPPED_CALLS();
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  EventArgs& args = rig.NewArgs(2);
  args.Submit(socket, Kind::kReceive);
  const CallCounter calls;
  constexpr uint32_t kMessages = 10;
  ReceiveFullBuffers(rig, peer, socket, args, kMessages);
  EXPECT_EQ(calls.of(Call::kReceive), kMessages + 2);
}

TEST(ReceivesThatWaitAfterTriesInVainGetWhatIsThere) {
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  EventArgs& args = rig.NewArgs(2);
  args.Submit(socket, Kind::kReceive);
  ReceiveFullBuffers(rig, peer, socket, args, 2);
  peer.Write("cdefgh");
  rig.RunUntilDone(args);
  std::string text = args.TransferredText();
  while (text.size() < 6) {
    EXPECT_EQ(args.Submit(socket, Kind::kReceive), Submission::kPending);
    rig.RunUntilDone(args);
    text += args.TransferredText();
  }
  EXPECT_EQ(text, "cdefgh");
}

TEST(WaitingReceivesBehindAShortOneMakeNoCall) {
  REQUIRE_WRAPPED_CALLS();
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  EventArgs& first = rig.NewArgs(10);
  EventArgs& second = rig.NewArgs(10);
  first.Submit(socket, Kind::kReceive);
  second.Submit(socket, Kind::kReceive);
  const CallCounter calls;
  peer.Write("ab");
  rig.RunUntilDone(first);
  EXPECT_EQ(calls.of(Call::kReceive), 1);
  EXPECT_TRUE(second.is_pending());
}

TEST(SendAfterAShortOneWaitsWithoutASystemCall) {
  REQUIRE_WRAPPED_CALLS();
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  const CallCounter calls;
  EventArgs& large = rig.NewArgs(16 << 20);
  EXPECT_EQ(large.Submit(socket, Kind::kSend), Submission::kPending);
  EXPECT_EQ(calls.of(Call::kSend), 1);
  EXPECT_EQ(rig.NewArgs("x").Submit(socket, Kind::kSend), Submission::kPending);
  EXPECT_EQ(calls.of(Call::kSend), 1);
}

#if !SAEA_REAL_LIBUV  // libuv does not tell how often it was armed

static uint32_t StartedSince(const saea::test::WatchCounts& before, Rig& rig) {
  return saea::test::WatchCountsOf(rig.event_loop).started - before.started;
}

TEST(RoundsOfReceiveAndSendArmTheWatcherOnce) {
  Rig rig;
  const saea::test::WatchCounts before = saea::test::WatchCountsOf(rig.event_loop);
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  EventArgs& receive = rig.NewArgs(16);
  EventArgs& send = rig.NewArgs(1);
  for (int round = 0; round < 50; ++round) {
    receive.Submit(socket, Kind::kReceive);
    peer.Write("ping");
    rig.RunUntilDone(receive);
    EXPECT_EQ(send.Submit(socket, Kind::kSend), Submission::kCompleted);
    peer.Read(1);
  }
  EXPECT_EQ(StartedSince(before, rig), 1);
  EXPECT_EQ(saea::test::WatchCountsOf(rig.event_loop).stopped, before.stopped);
}

TEST(ReceiveSubmittedInItsHandlerArmsNothing) {
  Rig rig;
  const saea::test::WatchCounts before = saea::test::WatchCountsOf(rig.event_loop);
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  EventArgs& args = rig.NewArgs(16);
  args.on_completed = [&](EventArgs&) { args.Submit(socket, Kind::kReceive); };
  args.Submit(socket, Kind::kReceive);
  for (int round = 1; round <= 20; ++round) {
    peer.Write("ping");
    rig.RunUntil([&] { return args.completed_count() == round; });
  }
  EXPECT_EQ(StartedSince(before, rig), 1);
}

TEST(WatcherThatFiresForNobodyIsStoppedOnce) {
  Rig rig;
  const saea::test::WatchCounts before = saea::test::WatchCountsOf(rig.event_loop);
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  EventArgs& args = rig.NewArgs(16);
  args.Submit(socket, Kind::kReceive);
  peer.Write("a");
  rig.RunUntilDone(args);
  peer.Write("b");
  rig.RunUntil([&] { return saea::test::WatchCountsOf(rig.event_loop).stopped == 1; });
  rig.RunIdly();
  EXPECT_EQ(StartedSince(before, rig), 1);
  EXPECT_EQ(args.Submit(socket, Kind::kReceive), Submission::kCompleted);  // it fired: try at once
  EXPECT_EQ(args.TransferredText(), "b");
}
#endif
