// Socket.Close(timeout): the peer has so long to end its side.

#include "socket/lingering_close.h"

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

constexpr uint32_t kTimeoutMs = 50;
constexpr uint32_t kLongMs = 120000;
// Check and idle of the engine's loop.

struct Fixture {
  void CloseAfter(uint32_t timeout_ms) { rig.sockets.CloseAfter(socket, timeout_ms); }

  bool RunUntilClosed() {
    return rig.RunUntil([&] { return rig.busy_handle_count() == 0; });
  }

  Rig rig;
  Peer peer;
  Handle socket = rig.Connect(PairKind::kTcp4, peer);
};

}  // namespace

TEST(PeerThatEndsInTimeSeesAnOrderlyClose) {
  Fixture test;
  test.CloseAfter(kLongMs);
  EXPECT_EQ(test.rig.sockets.open_count(), 0);
  EXPECT_TRUE(test.peer.SeesEnd());
  EXPECT_TRUE(test.rig.event_loop.is_alive());
  test.peer.EndSending();
  EXPECT_TRUE(test.RunUntilClosed());
  EXPECT_FALSE(test.rig.event_loop.is_alive());
}

TEST(PeerThatDoesNotEndInTimeSeesAReset) {
  Fixture test;
  test.CloseAfter(kTimeoutMs);
  EXPECT_TRUE(test.peer.SeesEnd());
  test.rig.RunTurn();
  EXPECT_GT(test.rig.new_handle_count(), 0);
  test.rig.event_loop.PassTime(kTimeoutMs + 1);
  EXPECT_TRUE(test.RunUntilClosed());
  EXPECT_TRUE(test.peer.SeesReset());
}

TEST(PeerThatSendsMoreSeesAReset) {
  Fixture test;
  test.CloseAfter(kLongMs);
  EXPECT_TRUE(test.peer.SeesEnd());
  test.peer.Write("more");
  EXPECT_TRUE(test.RunUntilClosed());
  EXPECT_TRUE(test.peer.SeesReset());
}

TEST(DataThatWasNeverReadMakesAReset) {
  Fixture test;
  test.peer.Write("unread");
  test.rig.AwaitAvailable(test.socket, 6);
  test.CloseAfter(kLongMs);
  EXPECT_TRUE(test.RunUntilClosed());
  EXPECT_TRUE(test.peer.SeesReset());
}

TEST(PeerThatResetsEndsTheWait) {
  Fixture test;
  test.CloseAfter(kLongMs);
  test.peer.Reset();
  EXPECT_TRUE(test.RunUntilClosed());
}

TEST(OperationsThatWaitAreAborted) {
  Fixture test;
  EventArgs& args = test.rig.NewArgs(1);
  args.Submit(test.socket, Kind::kReceive);
  test.CloseAfter(kLongMs);
  test.rig.RunTurn();
  EXPECT_EQ(args.error(), saea::os::socket_error::kOperationAborted);
  EXPECT_TRUE(test.peer.SeesEnd());  // the send side was shut down first: no reset
}

TEST(SocketThatWasNeverConnectedClosesAtOnce) {
  Rig rig;
  const Handle socket = rig.Create(saea::os::address_family::kInterNetwork,
                                   saea::os::socket_type::kStream, saea::os::protocol_type::kTcp);
  rig.sockets.CloseAfter(socket, kLongMs);
  EXPECT_EQ(rig.sockets.open_count(), 0);
  EXPECT_EQ(rig.new_handle_count(), 0);
}

TEST(FalseAlarmLeavesTheDeadlineInForce) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  Faults faults;
  faults.Fail(Call::kReceive, EAGAIN);
  test.CloseAfter(kLongMs);
  test.peer.EndSending();
  EXPECT_TRUE(test.RunUntilClosed());  // the second look finds the end
  EXPECT_TRUE(test.peer.SeesEnd());
}

TEST(FalseAlarmsWithoutEndLeaveItToTheDeadline) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  Faults faults;
  faults.Fail(Call::kReceive, EAGAIN, 1000000);
  test.CloseAfter(kTimeoutMs);
  test.peer.EndSending();
  const saea::test::CallCounter calls;
  test.rig.RunIdly();
  EXPECT_LE(calls.of(Call::kReceive), 8);
  test.rig.event_loop.PassTime(kTimeoutMs + 1);
  EXPECT_TRUE(test.RunUntilClosed());
}

TEST(ListenerIsClosedAtOnce) {
  Rig rig;
  saea::abi::Address address = {};
  const Handle listener = rig.Listen(AF_INET, address);
  rig.sockets.CloseAfter(listener, kLongMs);
  EXPECT_FALSE(rig.sockets.is_lingering());
  const Peer other(socket(AF_INET, SOCK_STREAM, 0));
  EXPECT_TRUE(saea::os::Bind(other.descriptor(), address).ok());
  EXPECT_TRUE(saea::os::Listen(other.descriptor(), 1).ok());
}

TEST(FalseAlarmByAnErrorIsLookedAtAgain) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  Faults faults;
  faults.Fail(Call::kReceive, EAGAIN);
  test.CloseAfter(kLongMs);
  test.peer.Reset();  // libuv stops the watcher with this
  EXPECT_TRUE(test.RunUntilClosed());
}

TEST(SeveralLingerAndEndEachForItself) {
  Rig rig;
  Peer peers[3];
  for (Peer& peer : peers) {
    rig.sockets.CloseAfter(rig.Connect(PairKind::kTcp4, peer), kLongMs);
  }
  const size_t handles = rig.busy_handle_count();
  peers[1].EndSending();
  rig.RunUntil([&] { return rig.busy_handle_count() == handles - 2; });
  EXPECT_TRUE(peers[0].SeesEnd());
  peers[2].Write("more");
  rig.RunUntil([&] { return rig.busy_handle_count() == handles - 4; });
  peers[0].EndSending();
  rig.RunUntil([&] { return rig.busy_handle_count() == 0; });
}

TEST(EnvironmentMayGoWhileSocketsLinger) {
  Fixture test;
  test.CloseAfter(kLongMs);
  EXPECT_TRUE(test.peer.SeesEnd());
  test.rig.sockets.AbandonAll();
  EXPECT_TRUE(test.peer.SeesReset());
}

TEST(DescriptorThatCannotBeWatchedClosesAtOnceWithAReset) {
  Fixture test;
  uv_poll_t other = {};
  uv_poll_init_socket(test.rig.event_loop.uv(), &other,
                      static_cast<int>(test.rig.at(test.socket).descriptor()));
  uv_poll_start(&other, UV_READABLE, [](uv_poll_t*, int, int) {});
  // Stopped in time, as the descriptor goes; libuv refuses while it is active.
  saea::test::ObserveClose(nullptr);
  test.CloseAfter(kLongMs);
  uv_close(reinterpret_cast<uv_handle_t*>(&other), nullptr);
  EXPECT_TRUE(test.peer.SeesEnd());
  EXPECT_TRUE(test.RunUntilClosed());
}
