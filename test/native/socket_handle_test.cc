// One socket: the order in which it ends, what its peer sees of that, and what keeps the process
// alive.

#include "socket/socket_handle.h"

#include <sys/socket.h>

#include "os/numbers.h"
#include "support/faults.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::abi::Kind;
using saea::test::Call;
using saea::test::EventArgs;
using saea::test::Faults;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Peer;
using saea::test::Rig;
namespace socket_error = saea::os::socket_error;

constexpr size_t kMoreThanTheKernelTakes = 16 << 20;

struct Fixture {
  explicit Fixture(PairKind kind = PairKind::kTcp4) : socket(rig.Connect(kind, peer)) {}

  EventArgs& Receive(size_t length = 1) {
    EventArgs& args = rig.NewArgs(length);
    args.Submit(socket, Kind::kReceive);
    return args;
  }
  EventArgs& SendMuch() {
    EventArgs& args = rig.NewArgs(kMoreThanTheKernelTakes);
    args.Submit(socket, Kind::kSend);
    return args;
  }
  void Close(bool abortive = false) { rig.sockets.Close(socket, abortive); }

  Rig rig;
  Peer peer;
  Handle socket;
};

}  // namespace

TEST(CloseAbortsWhatWaitsReadSideFirstInLineOrder) {
  Fixture test;
  EventArgs& send = test.SendMuch();
  EventArgs& first = test.Receive();
  EventArgs& second = test.Receive();
  test.Close();
  EXPECT_EQ(test.rig.dispatched.size(), 0);  // never from inside the call
  test.rig.RunTurn();
  EXPECT_TRUE(
      (test.rig.dispatched == std::vector<uint32_t>{first.slot(), second.slot(), send.slot()}));
  for (EventArgs* args : {&first, &second, &send}) {
    EXPECT_EQ(args->error(), socket_error::kOperationAborted);
  }
  EXPECT_FALSE(test.rig.event_loop.is_alive());
}

TEST(CloseInsideAHandlerLeavesWhatHasFinishedAsItIs) {
  Fixture test;
  EventArgs& first = test.Receive(2);
  EventArgs& second = test.Receive(2);
  EventArgs& third = test.Receive(2);
  first.on_completed = [&](EventArgs&) { test.Close(); };
  test.peer.Write("aabb");
  test.rig.RunUntilDone(third);
  EXPECT_EQ(first.Text() + second.Text(), "aabb");
  EXPECT_EQ(third.error(), socket_error::kOperationAborted);
}

TEST(CloseWithNothingWaitingIsOrderly) {
  Fixture test;
  test.Close();
  EXPECT_TRUE(test.peer.SeesEnd());
}

TEST(CloseWithAWaitingOperationIsAReset) {
  Fixture test;
  test.Receive();
  test.Close();
  EXPECT_TRUE(test.peer.SeesReset());
}

TEST(CloseWithAWaitingReceiveAfterShutdownIsOrderly) {
  for (const int32_t how : {saea::os::socket_shutdown::kSend, saea::os::socket_shutdown::kBoth}) {
    Fixture test;
    test.Receive();
    EXPECT_TRUE(test.rig.at(test.socket).Shutdown(how).ok());
    test.Close();
    EXPECT_TRUE(test.peer.SeesEnd());
  }
}

TEST(CloseWithAWaitingReceiveAfterShutdownOfReceivingIsAReset) {
  Fixture test;
  test.SendMuch();
  test.rig.at(test.socket).Shutdown(saea::os::socket_shutdown::kReceive);
  test.Close();
  EXPECT_TRUE(test.peer.SeesReset());
}

TEST(AbortiveCloseIsAResetWhateverCameBefore) {
  Fixture test;
  test.rig.at(test.socket).Shutdown(saea::os::socket_shutdown::kSend);
  test.Close(true);
  EXPECT_TRUE(test.peer.SeesReset());
  Fixture other;
  other.Close(true);
  EXPECT_TRUE(other.peer.SeesReset());
}

TEST(ClosedDescriptorIsGoneAtOnceAndItsNumberMayComeBack) {
  Fixture test(PairKind::kUnixStream);
  EventArgs& aborted = test.Receive();
  const auto descriptor = test.rig.at(test.socket).descriptor();
  test.Close();
  // Linux gives out the lowest free number, and so the same again, in the same turn.
  const Handle other =
      test.rig.Create(saea::os::address_family::kInterNetwork, saea::os::socket_type::kDgram,
                      saea::os::protocol_type::kUdp);
  EXPECT_EQ(test.rig.at(other).descriptor(), descriptor);
  EventArgs& args = test.rig.NewArgs(1);
  args.Submit(other, Kind::kReceive);
  test.rig.RunTurn();
  EXPECT_EQ(aborted.completed_count(), 1);
  EXPECT_TRUE(args.is_pending());  // what was known of the old descriptor is not told to the new
}

TEST(ReleasedDescriptorStaysOpenAndNobodyWatchesIt) {
  Fixture test;
  EventArgs& args = test.Receive();
  Peer released(static_cast<int>(test.rig.at(test.socket).ReleaseDescriptor()));
  test.rig.RunTurn();
  EXPECT_EQ(args.error(), socket_error::kOperationAborted);
  test.peer.Write("x");
  EXPECT_EQ(released.Read(1), "x");
  test.peer.Write("y");
  test.rig.RunIdly();
  EXPECT_EQ(released.Read(1), "y");
}

TEST(RenewedDescriptorIsUnconnectedAndSoIsTheOldPeer) {
  Fixture test;
  EventArgs& receive = test.Receive();
  EXPECT_TRUE(test.rig.at(test.socket).RenewDescriptor().ok());
  EXPECT_TRUE(test.Receive().is_pending());  // behind the first, although it might be tried
  EXPECT_TRUE(test.peer.SeesEnd());
  saea::abi::Address remote = {};
  EXPECT_EQ(test.rig.at(test.socket).GetRemoteAddress(remote).error, socket_error::kNotConnected);
  test.rig.RunUntilDone(receive);  // it went on waiting, for what cannot come any more
  EXPECT_EQ(receive.error(), socket_error::kNotConnected);
}

TEST(RenewedDescriptorHasTheRawOptionsThatWereSet) {
  Fixture test;
  auto& handle = test.rig.at(test.socket);
  for (const int value : {1, 0, 1}) {
    EXPECT_TRUE(handle
                    .SetRawOption(SOL_SOCKET, SO_TIMESTAMP,
                                  reinterpret_cast<const uint8_t*>(&value), sizeof(value))
                    .ok());
  }
  EXPECT_FALSE(handle.SetRawOption(9999, 1, nullptr, 0).ok());
  EXPECT_TRUE(handle.RenewDescriptor().ok());
  int found = 0;
  handle.GetRawOption(SOL_SOCKET, SO_TIMESTAMP, reinterpret_cast<uint8_t*>(&found), sizeof(found));
  EXPECT_NE(found, 0);
}

TEST(RenewThatFailsLeavesTheOldDescriptor) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  EventArgs& receive = test.Receive(4);
  const auto descriptor = test.rig.at(test.socket).descriptor();
  Faults faults;
  faults.Fail(Call::kSocket, EMFILE);
  EXPECT_EQ(test.rig.at(test.socket).RenewDescriptor().error, socket_error::kTooManyOpenSockets);
  EXPECT_EQ(test.rig.at(test.socket).descriptor(), descriptor);
  test.peer.Write("data");
  test.rig.RunUntilDone(receive);
  EXPECT_EQ(receive.Text(), "data");
}

TEST(UnreferencedSocketDoesNotKeepTheProcessAlive) {
  Fixture test;
  test.rig.at(test.socket).SetReferenced(false);
  EventArgs& first = test.Receive(1);
  EXPECT_FALSE(test.rig.event_loop.is_alive());
  test.rig.at(test.socket).SetReferenced(true);
  test.rig.at(test.socket).SetReferenced(true);
  EXPECT_TRUE(test.rig.event_loop.is_alive());
  EventArgs& second = test.Receive(1);
  test.rig.at(test.socket).SetReferenced(false);
  EXPECT_FALSE(test.rig.event_loop.is_alive());
  test.peer.Write("xy");
  test.rig.RunUntilDone(second);  // it completes all the same
  EXPECT_EQ(first.Text() + second.Text(), "xy");
  test.rig.at(test.socket).SetReferenced(true);
  EXPECT_FALSE(test.rig.event_loop.is_alive());
}

TEST(SocketThatNeverWaitedIsNeverWatched) {
  Fixture test;
  const size_t handles = test.rig.busy_handle_count();
  EventArgs& send = test.rig.NewArgs("x");
  send.Submit(test.socket, Kind::kSend);
  EXPECT_EQ(test.rig.busy_handle_count(), handles);
  test.Receive();
  EXPECT_EQ(test.rig.busy_handle_count(), handles + 1);
  test.Close();
  test.rig.RunTurn();
  EXPECT_EQ(test.rig.busy_handle_count(), handles);
}

TEST(KindWithoutAVerbAborts) {
  Fixture test;
  EXPECT_ABORT(test.rig.NewArgs().Submit(test.socket, Kind::kNone));
}

TEST(OperationThatIsInFlightCannotBeSubmitted) {
  Fixture test;
  EventArgs& args = test.Receive();
  EXPECT_ABORT(args.Submit(test.socket, Kind::kReceive));
}

TEST(EnvironmentMayGoWithOperationsInFlight) {
  Rig rig;
  Peer peers[3];
  for (Peer& peer : peers) {
    const Handle socket = rig.Connect(PairKind::kTcp4, peer);
    rig.NewArgs(1).Submit(socket, Kind::kReceive);
    rig.NewArgs(kMoreThanTheKernelTakes).Submit(socket, Kind::kSend);
    peer.Write("x");
  }
  // Here the rig goes, and fails this test if anything stays open.
}
