// One side of a socket: who is performed when, what completes in which order, and which system
// calls that takes.

#include "socket/direction.h"

#include <vector>

#include "support/faults.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::abi::Kind;
using saea::abi::Submission;
using saea::test::Call;
using saea::test::EventArgs;
using saea::test::Faults;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Pattern;
using saea::test::Peer;
using saea::test::Rig;
namespace socket_error = saea::os::socket_error;

struct Fixture {
  explicit Fixture(PairKind kind = PairKind::kTcp4) : socket(rig.Connect(kind, peer)) {}

  EventArgs& Receive(size_t length) {
    EventArgs& args = rig.NewArgs(length);
    args.Submit(socket, Kind::kReceive);
    return args;
  }

  Rig rig;
  Peer peer;
  Handle socket;
};

}  // namespace

TEST(ReceiveWithDataThereFinishesAtOnceAndRaisesNoEvent) {
  Fixture test;
  test.peer.Write("data");
  test.rig.AwaitAvailable(test.socket, 4);
  EventArgs& args = test.rig.NewArgs(10);
  EXPECT_EQ(args.Submit(test.socket, Kind::kReceive), Submission::kCompleted);
  EXPECT_EQ(args.TransferredText(), "data");
  test.rig.RunIdly();
  EXPECT_EQ(test.rig.dispatched.size(), 0);
  EXPECT_FALSE(test.rig.event_loop.is_alive());
}

TEST(ReceiveWithoutDataIsPendingUntilDataComes) {
  Fixture test;
  EventArgs& args = test.Receive(10);
  EXPECT_TRUE(args.is_pending());
  EXPECT_TRUE(test.rig.event_loop.is_alive());
  test.rig.RunIdly();
  EXPECT_TRUE(args.is_pending());
  test.peer.Write("data");
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.TransferredText(), "data");
  EXPECT_EQ(args.completed_count(), 1);
  EXPECT_FALSE(test.rig.event_loop.is_alive());
}

TEST(WaitingReceivesAreFilledInTheOrderOfTheirSubmission) {
  Fixture test;
  EventArgs* const all[] = {&test.Receive(3), &test.Receive(3), &test.Receive(3), &test.Receive(3)};
  test.peer.Write("aaabbbcccddd");
  test.rig.RunUntilDone(*all[3]);
  EXPECT_TRUE((test.rig.dispatched == std::vector<uint32_t>{0, 1, 2, 3}));
  EXPECT_EQ(all[0]->Text() + all[1]->Text() + all[2]->Text() + all[3]->Text(), "aaabbbcccddd");
}

TEST(OperationBehindAnotherIsNotTried) {
  Fixture test;
  EventArgs& first = test.Receive(3);
  test.peer.Write("abc");
  test.rig.AwaitAvailable(test.socket, 3);
  EventArgs& second = test.rig.NewArgs(3);
  EXPECT_EQ(second.Submit(test.socket, Kind::kReceive), Submission::kPending);
  test.rig.RunUntilDone(first);
  EXPECT_EQ(first.Text(), "abc");
  EXPECT_TRUE(second.is_pending());
}

TEST(BlockedSendDoesNotDelayAReceive) {
  Fixture test;
  EventArgs& send = test.rig.NewArgs(Pattern(16 << 20));
  EXPECT_EQ(send.Submit(test.socket, Kind::kSend), Submission::kPending);
  EventArgs& receive = test.Receive(4);
  test.peer.Write("data");
  test.rig.RunUntilDone(receive);
  EXPECT_EQ(receive.TransferredText(), "data");
  EXPECT_TRUE(send.is_pending());
}

TEST(SynchronousFinishNeverOvertakesACompletionOnItsWayUp) {
  Rig rig;
  Peer peers[2];
  const Handle sockets[2] = {rig.Connect(PairKind::kTcp4, peers[0]),
                             rig.Connect(PairKind::kTcp4, peers[1])};
  EventArgs* waiting[2];
  for (int i = 0; i < 2; ++i) {
    waiting[i] = &rig.NewArgs(1);
    waiting[i]->Submit(sockets[i], Kind::kReceive);
    peers[i].Write("abc");
    rig.AwaitAvailable(sockets[i], 3);
  }
  EventArgs& later = rig.NewArgs(1);
  EventArgs* other = nullptr;
  // Whichever event comes first, the other socket's result has not been seen yet.
  const auto submit_on_other = [&](EventArgs& args) {
    if (other != nullptr) return;
    const int index = &args == waiting[0] ? 1 : 0;
    other = waiting[index];
    EXPECT_EQ(later.Submit(sockets[index], Kind::kReceive), Submission::kPending);
  };
  waiting[0]->on_completed = submit_on_other;
  waiting[1]->on_completed = submit_on_other;
  rig.RunUntil([&] { return later.completed_count() == 1; });
  REQUIRE_TRUE(other != nullptr);
  EXPECT_EQ(other->TransferredText() + later.TransferredText(), "ab");
  EXPECT_EQ(rig.dispatched.back(), later.slot());
}

TEST(HandlerMayReceiveSynchronouslyOnItsOwnSocket) {
  Fixture test;
  EventArgs& args = test.rig.NewArgs(1);
  std::string seen;
  args.on_completed = [&](EventArgs&) {
    do {
      seen += args.TransferredText();
    } while (seen.size() < 5 && args.Submit(test.socket, Kind::kReceive) == Submission::kCompleted);
  };
  args.Submit(test.socket, Kind::kReceive);
  test.peer.Write("abcde");
  test.rig.RunUntil([&] { return seen.size() == 5; });
  EXPECT_EQ(seen, "abcde");
  EXPECT_EQ(test.rig.dispatched.size(), 1);
}

TEST(CancelEndsOneAndLeavesItsNeighbours) {
  Fixture test;
  EventArgs& first = test.Receive(1);
  EventArgs& second = test.Receive(1);
  EventArgs& third = test.Receive(1);
  EXPECT_TRUE(second.Cancel(test.socket));
  EXPECT_FALSE(second.Cancel(test.socket));
  EXPECT_TRUE(second.is_pending());  // never from inside the call
  test.rig.RunTurn();
  EXPECT_EQ(second.error(), socket_error::kOperationAborted);
  EXPECT_EQ(second.transferred(), 0);
  test.peer.Write("xy");
  test.rig.RunUntilDone(third);
  EXPECT_EQ(first.Text() + third.Text(), "xy");
}

TEST(CancelOfWhatDoesNotWaitHereDoesNothing) {
  Fixture test;
  Peer other_peer;
  const Handle other = test.rig.Connect(PairKind::kTcp4, other_peer);
  EventArgs& args = test.Receive(1);
  EXPECT_FALSE(args.Cancel(other));
  EXPECT_FALSE(test.rig.NewArgs().Cancel(test.socket));
  test.peer.Write("x");
  test.rig.RunUntilDone(args);
  EXPECT_FALSE(args.Cancel(test.socket));
  EXPECT_EQ(args.error(), socket_error::kSuccess);
}

TEST(CancelAllEndsEverythingInLineOrder) {
  Fixture test;
  for (int i = 0; i < 3; ++i) test.Receive(1);
  EventArgs& send = test.rig.NewArgs(Pattern(16 << 20));
  send.Submit(test.socket, Kind::kSend);
  test.rig.at(test.socket).CancelAll();
  test.rig.RunTurn();
  EXPECT_TRUE((test.rig.dispatched == std::vector<uint32_t>{0, 1, 2, 3}));
  EXPECT_EQ(send.error(), socket_error::kOperationAborted);
  EXPECT_GT(send.transferred(), 0);  // what the kernel took before
  EXPECT_FALSE(test.rig.event_loop.is_alive());
}

TEST(SideGoesOnAfterACancel) {
  Fixture test;
  EventArgs& cancelled = test.Receive(4);
  cancelled.Cancel(test.socket);
  test.rig.RunTurn();
  test.peer.Write("data");
  EventArgs& args = test.Receive(4);
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.Text(), "data");
}

TEST(ResetOfTheConnectionEndsAllThatWait) {
  Fixture test;
  EventArgs& first = test.Receive(1);
  EventArgs& second = test.Receive(1);
  EventArgs& send = test.rig.NewArgs(Pattern(16 << 20));
  send.Submit(test.socket, Kind::kSend);
  test.peer.Reset();
  test.rig.RunUntil([&] { return test.rig.dispatched.size() == 3; });
  const bool is_told = first.error() == socket_error::kConnectionReset ||
                       send.error() == socket_error::kConnectionReset;
  EXPECT_TRUE(is_told);
  EXPECT_NE(send.error(), socket_error::kSuccess);
  EXPECT_EQ(second.transferred(), 0);
}

TEST(WatcherThatAnErrorHasStoppedIsArmedAgainForThoseWhoStillWait) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  EventArgs& args = test.Receive(1);
  Faults faults;
  faults.Fail(Call::kReceive, EAGAIN);
  test.peer.Reset();
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.error(), socket_error::kConnectionReset);
}

TEST(DescriptorThatCannotBeWatchedFailsAllThatWaitThroughTheRing) {
  Fixture test;
  uv_poll_t other = {};
  uv_poll_init_socket(test.rig.event_loop.uv(), &other,
                      static_cast<int>(test.rig.at(test.socket).descriptor()));
  uv_poll_start(&other, UV_READABLE, [](uv_poll_t*, int, int) {});
  EventArgs& args = test.rig.NewArgs(1);
  EXPECT_EQ(args.Submit(test.socket, Kind::kReceive), Submission::kPending);
  test.rig.RunTurn();
  EXPECT_EQ(args.completed_count(), 1);
  EXPECT_NE(args.error(), socket_error::kSuccess);
  EXPECT_NE(args.record().native_error, 0);
  uv_close(reinterpret_cast<uv_handle_t*>(&other), nullptr);
  test.rig.RunTurn();
}

TEST(MemoryTakenAwayIsAFaultAndIsNotTouched) {
  Fixture test;
  EventArgs& waiting = test.Receive(4);
  waiting.Detach();
  test.peer.Write("datadata");
  test.rig.RunUntilDone(waiting);
  EXPECT_EQ(waiting.error(), socket_error::kFault);
  EventArgs& args = test.rig.NewArgs(4);
  args.Detach();
  EXPECT_EQ(args.Submit(test.socket, Kind::kReceive), Submission::kCompleted);
  EXPECT_EQ(args.error(), socket_error::kFault);
  EventArgs& next = test.rig.NewArgs(8);
  EXPECT_EQ(next.Submit(test.socket, Kind::kReceive), Submission::kCompleted);
  EXPECT_EQ(next.TransferredText(), "datadata");  // nothing was lost
}
