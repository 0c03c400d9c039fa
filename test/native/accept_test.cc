// Accept: one connection per operation, in order; errors are the operation's, not the listener's.

#include <sys/socket.h>

#include "os/numbers.h"
#include "support/faults.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::abi::Address;
using saea::abi::Kind;
using saea::abi::Submission;
using saea::test::Call;
using saea::test::EventArgs;
using saea::test::Faults;
using saea::test::Handle;
using saea::test::Peer;
using saea::test::Rig;
namespace address_family = saea::os::address_family;
namespace socket_error = saea::os::socket_error;

struct Fixture {
  explicit Fixture(int system_family = AF_INET) : listener(rig.Listen(system_family, address)) {}

  EventArgs& Accept() {
    EventArgs& args = rig.NewArgs();
    args.Submit(listener, Kind::kAccept);
    return args;
  }

  // A connection, once it stands in the backlog.
  Peer Connect() {
    Peer peer = saea::test::ConnectTo(address);
    return peer;
  }

  Rig rig;
  Address address = {};
  Handle listener;
};

}  // namespace

TEST(ConnectionInTheBacklogIsAcceptedAtOnce) {
  Fixture test;
  Peer peer = test.Connect();
  EventArgs& args = test.rig.NewArgs();
  EXPECT_EQ(args.Submit(test.listener, Kind::kAccept), Submission::kCompleted);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
  EXPECT_EQ(args.transferred(), 0);
  EXPECT_EQ(test.rig.sockets.open_count(), 2);
}

TEST(AcceptWithoutAConnectionIsPendingUntilOneComes) {
  Fixture test;
  EventArgs& args = test.Accept();
  EXPECT_TRUE(args.is_pending());
  Peer peer = test.Connect();
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
}

TEST(AcceptedSocketIsAStreamOfItsOwnWithThePeersAddress) {
  for (const int family : {AF_INET, AF_INET6}) {
    if (family == AF_INET6 && !saea::test::HasIpv6()) SKIP("no IPv6 loopback address");
    Fixture test(family);
    Peer peer = test.Connect();
    EventArgs& args = test.Accept();
    test.rig.RunUntilDone(args);
    const Handle accepted = args.record().result_handle;
    Address remote = {};
    test.rig.at(accepted).GetRemoteAddress(remote);
    EXPECT_EQ(args.address().family, test.address.family);
    EXPECT_EQ(args.address().port, remote.port);
    EXPECT_EQ(args.address().length, test.address.length);
    EXPECT_TRUE(test.rig.at(accepted).is_stream());
    peer.Write("hello");
    EventArgs& receive = test.rig.NewArgs(5);
    receive.Submit(accepted, Kind::kReceive);
    test.rig.RunUntilDone(receive);
    EXPECT_EQ(receive.Text(), "hello");
  }
}

TEST(ConnectionOfAUnixSocketHasNoName) {
  Rig rig;
  const Address address = saea::test::AbstractAddress(saea::test::UniqueName());
  const Handle listener = rig.Create(address_family::kUnix, saea::os::socket_type::kStream,
                                     saea::os::protocol_type::kUnspecified);
  rig.at(listener).Bind(address);
  rig.at(listener).Listen(1);
  Peer peer = saea::test::ConnectTo(address);
  EventArgs& args = rig.NewArgs();
  EXPECT_EQ(args.Submit(listener, Kind::kAccept), Submission::kCompleted);
  EXPECT_EQ(args.address().family, address_family::kUnix);
  EXPECT_EQ(args.address().length, 0);
}

TEST(WaitingAcceptsTakeOneConnectionEach) {
  Fixture test;
  EventArgs& first = test.Accept();
  EventArgs& second = test.Accept();
  EventArgs& third = test.Accept();
  Peer peers[] = {test.Connect(), test.Connect()};
  test.rig.RunUntilDone(second);
  EXPECT_TRUE((test.rig.dispatched == std::vector<uint32_t>{first.slot(), second.slot()}));
  EXPECT_NE(first.record().result_handle, second.record().result_handle);
  EXPECT_TRUE(third.is_pending());
  peers[0].Write("1");
  EventArgs& receive = test.rig.NewArgs(1);
  receive.Submit(first.record().result_handle, Kind::kReceive);
  test.rig.RunUntilDone(receive);
  EXPECT_EQ(receive.Text(), "1");
}

TEST(FailedAcceptIsReportedAndTheListenerGoesOn) {
  REQUIRE_WRAPPED_CALLS();
  constexpr struct {
    int native_error;
    int32_t socket_error;
  } kErrors[] = {{EMFILE, socket_error::kTooManyOpenSockets},
                 {ENFILE, socket_error::kTooManyOpenSockets},
                 {ECONNABORTED, socket_error::kConnectionAborted},
                 {ENOBUFS, socket_error::kNoBufferSpaceAvailable},
                 {EPERM, socket_error::kAccessDenied}};
  for (const auto& each : kErrors) {
    Fixture test;
    Peer peer = test.Connect();
    Faults faults;
    faults.Fail(Call::kAccept, each.native_error);
    EventArgs& args = test.Accept();
    EXPECT_EQ(args.error(), each.socket_error);
    EXPECT_EQ(args.record().native_error, each.native_error);
    EXPECT_EQ(test.rig.sockets.open_count(), 1);
    EventArgs& next = test.Accept();
    test.rig.RunUntilDone(next);
    EXPECT_EQ(next.error(), socket_error::kSuccess);
  }
}

TEST(FailureOfOneWaitingAcceptLeavesTheNext) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  EventArgs& first = test.Accept();
  EventArgs& second = test.Accept();
  Faults faults;
  faults.Fail(Call::kAccept, EMFILE);
  Peer peer = test.Connect();
  test.rig.RunUntilDone(second);
  EXPECT_EQ(first.error(), socket_error::kTooManyOpenSockets);
  EXPECT_EQ(second.error(), socket_error::kSuccess);
}

TEST(InterruptedAcceptIsRepeated) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  Peer peer = test.Connect();
  Faults faults;
  faults.Fail(Call::kAccept, EINTR, 5);
  EventArgs& args = test.rig.NewArgs();
  EXPECT_EQ(args.Submit(test.listener, Kind::kAccept), Submission::kCompleted);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
}

TEST(AcceptOnASocketThatDoesNotListenIsAnError) {
  Rig rig;
  const Handle socket = rig.Create(address_family::kInterNetwork, saea::os::socket_type::kStream,
                                   saea::os::protocol_type::kTcp);
  EventArgs& args = rig.NewArgs();
  EXPECT_EQ(args.Submit(socket, Kind::kAccept), Submission::kCompleted);
  EXPECT_EQ(args.error(), socket_error::kInvalidArgument);
}

TEST(ClosingTheListenerAbortsItsAccepts) {
  Fixture test;
  EventArgs& first = test.Accept();
  EventArgs& second = test.Accept();
  test.rig.sockets.Close(test.listener, false);
  test.rig.RunTurn();
  EXPECT_EQ(first.error(), socket_error::kOperationAborted);
  EXPECT_EQ(second.error(), socket_error::kOperationAborted);
  EXPECT_EQ(test.rig.sockets.open_count(), 0);
}
