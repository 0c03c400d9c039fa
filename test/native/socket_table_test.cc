// Handles and the sockets behind them.

#include "socket/socket_table.h"

#include <sys/socket.h>

#include "os/numbers.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::abi::Kind;
using saea::test::EventArgs;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Peer;
using saea::test::Rig;
namespace address_family = saea::os::address_family;
namespace protocol_type = saea::os::protocol_type;
namespace socket_error = saea::os::socket_error;
namespace socket_type = saea::os::socket_type;

}  // namespace

TEST(CreatedSocketIsFoundByItsHandle) {
  Rig rig;
  const Handle stream =
      rig.Create(address_family::kInterNetwork, socket_type::kStream, protocol_type::kTcp);
  const Handle datagram =
      rig.Create(address_family::kInterNetwork, socket_type::kDgram, protocol_type::kUdp);
  EXPECT_NE(stream, datagram);
  EXPECT_EQ(rig.at(stream).id(), stream);
  EXPECT_TRUE(rig.at(stream).is_stream());
  EXPECT_FALSE(rig.at(datagram).is_stream());
  EXPECT_NE(rig.at(stream).descriptor(), rig.at(datagram).descriptor());
  EXPECT_EQ(rig.sockets.open_count(), 2);
}

TEST(SocketThatCannotBeCreatedTakesNoHandle) {
  Rig rig;
  const saea::os::Result created =
      rig.sockets.Create(address_family::kInterNetwork, socket_type::kStream, protocol_type::kUdp);
  EXPECT_EQ(created.error, socket_error::kProtocolNotSupported);
  EXPECT_EQ(rig.sockets.open_count(), 0);
}

TEST(HandleOfAClosedSocketIsGivenOutAgain) {
  Rig rig;
  Peer peers[3];
  const Handle first = rig.Connect(PairKind::kUnixStream, peers[0]);
  const Handle second = rig.Connect(PairKind::kUnixStream, peers[1]);
  rig.sockets.Close(first, false);
  EXPECT_EQ(rig.sockets.open_count(), 1);
  EXPECT_EQ(rig.Connect(PairKind::kUnixStream, peers[2]), first);
  EXPECT_EQ(rig.at(second).id(), second);
}

TEST(SocketsStayWhereTheyAreWhenTheTableGrows) {
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kUnixStream, peer);
  saea::socket::SocketHandle* const at = &rig.at(socket);
  EventArgs& args = rig.NewArgs(1);
  args.Submit(socket, Kind::kReceive);
  for (int i = 0; i < 100; ++i) {
    rig.Create(address_family::kUnix, socket_type::kStream, protocol_type::kUnspecified);
  }
  EXPECT_EQ(&rig.at(socket), at);
  peer.Write("x");
  rig.RunUntilDone(args);
  EXPECT_EQ(args.Text(), "x");
}

TEST(HandleThatIsNotOpenAborts) {
  Rig rig;
  Peer peer;
  EXPECT_ABORT(rig.at(0));
  const Handle socket = rig.Connect(PairKind::kUnixStream, peer);
  EXPECT_ABORT(rig.at(socket + 1));
  rig.sockets.Close(socket, false);
  EXPECT_ABORT(rig.at(socket));
  EXPECT_ABORT(rig.sockets.Close(socket, false));
  EXPECT_ABORT(rig.sockets.CloseAfter(socket, 0));
}

TEST(AbandonClosesEverythingAndTellsNobody) {
  Rig rig;
  Peer peers[2];
  EventArgs& args = rig.NewArgs(1);
  args.Submit(rig.Connect(PairKind::kTcp4, peers[0]), Kind::kReceive);
  rig.Connect(PairKind::kTcp4, peers[1]);
  rig.sockets.AbandonAll();
  EXPECT_EQ(rig.sockets.open_count(), 0);
  EXPECT_TRUE(peers[0].SeesEnd());
  EXPECT_TRUE(peers[1].SeesEnd());
  rig.RunTurn();
  EXPECT_EQ(args.completed_count(), 0);
  rig.sockets.AbandonAll();  // nothing is left for a second time
}
