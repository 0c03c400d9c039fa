// Disconnect: both directions end; with reuse the socket can connect again.

#include <sys/socket.h>

#include "os/numbers.h"
#include "support/faults.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::abi::Address;
using saea::abi::Ending;
using saea::abi::Kind;
using saea::abi::Submission;
using saea::test::Call;
using saea::test::EventArgs;
using saea::test::Faults;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Peer;
using saea::test::Rig;
namespace socket_error = saea::os::socket_error;

struct Fixture {
  EventArgs& Disconnect(bool reuse) {
    EventArgs& args = rig.NewArgs();
    args.ending = reuse ? Ending::kDisconnectAndReuse : Ending::kDisconnect;
    EXPECT_TRUE(rig.at(socket).Shutdown(saea::os::socket_shutdown::kBoth).ok());  // as lib does
    EXPECT_EQ(args.Submit(socket, Kind::kDisconnect), Submission::kCompleted);
    return args;
  }

  Rig rig;
  Peer peer;
  Handle socket = rig.Connect(PairKind::kTcp4, peer);
};

}  // namespace

TEST(DisconnectEndsBothDirectionsAtOnce) {
  Fixture test;
  EXPECT_EQ(test.Disconnect(false).error(), socket_error::kSuccess);
  EXPECT_TRUE(test.peer.SeesEnd());
  EventArgs& send = test.rig.NewArgs("x");
  send.Submit(test.socket, Kind::kSend);
  EXPECT_EQ(send.error(), socket_error::kShutdown);
  EventArgs& receive = test.rig.NewArgs(1);
  receive.Submit(test.socket, Kind::kReceive);
  EXPECT_EQ(receive.error(), socket_error::kSuccess);
  EXPECT_EQ(receive.transferred(), 0);
}

// lib does not post it; but a thread that is terminated may end between posting and submitting.
TEST(PostedDisconnectCompletesThroughTheRing) {
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  args.ending = Ending::kDisconnect;
  args.Post(test.socket, Kind::kDisconnect);
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.completed_count(), 1);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
}

TEST(WaitingReceiveEndsWithTheStreamThatIsDisconnected) {
  Fixture test;
  EventArgs& receive = test.rig.NewArgs(1);
  receive.Submit(test.socket, Kind::kReceive);
  test.Disconnect(false);
  test.rig.RunUntilDone(receive);
  EXPECT_EQ(receive.error(), socket_error::kSuccess);
  EXPECT_EQ(receive.transferred(), 0);
}

TEST(ReusedSocketConnectsAgain) {
  Fixture test;
  EXPECT_EQ(test.Disconnect(true).error(), socket_error::kSuccess);
  EXPECT_TRUE(test.peer.SeesEnd());
  Address address = {};
  const Peer listener(saea::test::Listen(AF_INET, address));
  EventArgs& connect = test.rig.NewArgs();
  connect.address() = address;
  connect.Submit(test.socket, Kind::kConnect);
  test.rig.RunUntilDone(connect);
  EXPECT_EQ(connect.error(), socket_error::kSuccess);
  Peer accepted(accept(listener.descriptor(), nullptr, nullptr));
  EventArgs& receive = test.rig.NewArgs(5);
  receive.Submit(test.socket, Kind::kReceive);
  accepted.Write("hello");
  test.rig.RunUntilDone(receive);
  EXPECT_EQ(receive.Text(), "hello");
}

TEST(ReuseAbortsWhatWaitedForTheOldConnection) {
  Fixture test;
  EventArgs& receive = test.rig.NewArgs(1);
  EventArgs& send = test.rig.NewArgs(16 << 20);
  receive.Submit(test.socket, Kind::kReceive);
  send.Submit(test.socket, Kind::kSend);
  test.Disconnect(true);
  test.rig.RunTurn();
  EXPECT_EQ(receive.error(), socket_error::kOperationAborted);
  EXPECT_EQ(send.error(), socket_error::kOperationAborted);
  EXPECT_FALSE(test.rig.event_loop.is_alive());
}

TEST(ReuseThatGetsNoDescriptorIsReportedAndTheSocketStays) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  const auto descriptor = test.rig.at(test.socket).descriptor();
  Faults faults;
  faults.Fail(Call::kSocket, EMFILE);
  EXPECT_EQ(test.Disconnect(true).error(), socket_error::kTooManyOpenSockets);
  EXPECT_EQ(test.rig.at(test.socket).descriptor(), descriptor);
}
