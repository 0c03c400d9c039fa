// What is performed together: each side once, and nothing of a side that has ended meanwhile.

#include "socket/transfer_batch.h"

#include <memory>

#include "os/numbers.h"
#include "socket/packet_list.h"
#include "support/rig.h"
#include "support/temporary_file.h"
#include "support/test.h"

namespace {

using saea::abi::Ending;
using saea::abi::Kind;
using saea::socket::PacketList;
using saea::socket::Side;
using saea::test::EventArgs;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Peer;
using saea::test::Rig;
using saea::test::TemporaryFile;
namespace socket_error = saea::os::socket_error;

// A connection with a receive that waits.
struct Fixture {
  Fixture() : socket(rig.Connect(PairKind::kTcp4, peer)) { receive.Submit(socket, Kind::kReceive); }

  void BecomeReadable() {
    peer.Write("ping");
    rig.AwaitAvailable(socket, 4);
  }

  // As the poller does when the system has said so.
  void Tell(Side side) {
    saea::socket::SocketHandle& handle = rig.at(socket);
    handle.direction(side).OnReady(handle);
  }

  // From here on what is sent waits until it is told.
  void HoldSends() { rig.at(socket).direction(Side::kWrite).set_may_be_ready(false); }

  // Starts packets with which the connection ends.
  EventArgs& SendLastPackets() {
    auto list = std::make_unique<PacketList>();
    EXPECT_TRUE(list->AddPath(file.path().c_str(), 0, PacketList::kToTheEnd).ok());
    EventArgs& packets = rig.NewArgs();
    packets.operation().Attach(std::move(list));
    packets.ending = Ending::kDisconnectAndReuse;
    packets.Submit(socket, Kind::kSendPackets);
    return packets;
  }

  void ExpectAllPerformed(EventArgs& packets) {
    rig.RunUntilDone(packets);
    EXPECT_EQ(packets.error(), socket_error::kSuccess);
    EXPECT_FALSE(receive.is_pending());
    EXPECT_EQ(receive.error(), socket_error::kSuccess);
    EXPECT_EQ(receive.TransferredText(), "ping");
  }

  const TemporaryFile file{"last words"};
  Rig rig;
  Peer peer;
  Handle socket;
  EventArgs& receive = rig.NewArgs(16);
};

}  // namespace

TEST(SideThatIsReadyTwiceIsPerformedOnce) {
  Fixture test;
  test.peer.Write("sixteen letters and more");
  test.rig.AwaitAvailable(test.socket, 24);
  test.Tell(Side::kRead);
  test.Tell(Side::kRead);
  test.rig.RunUntilDone(test.receive);
  EXPECT_EQ(test.receive.completed_count(), 1);
  EventArgs& next = test.rig.NewArgs(16);
  next.Submit(test.socket, Kind::kReceive);
  test.rig.RunUntilDone(next);
  EXPECT_EQ(test.receive.TransferredText() + next.TransferredText(), "sixteen letters and more");
}

TEST(PacketsThatEndTheConnectionLeaveAReceiveItsBytes) {
  Fixture test;
  test.HoldSends();
  EventArgs& packets = test.SendLastPackets();
  test.BecomeReadable();
  test.Tell(Side::kRead);
  test.Tell(Side::kWrite);
  test.ExpectAllPerformed(packets);
  EXPECT_EQ(test.peer.Read(10), "last words");
}

TEST(PacketsBehindASendLeaveAReceiveItsBytes) {
  Fixture test;
  test.HoldSends();
  test.rig.NewArgs("first, ").Submit(test.socket, Kind::kSend);
  EventArgs& packets = test.SendLastPackets();
  test.BecomeReadable();
  test.Tell(Side::kWrite);
  test.Tell(Side::kRead);
  test.ExpectAllPerformed(packets);
  EXPECT_EQ(test.peer.Read(17), "first, last words");
}

TEST(OperationThatEndsMeanwhileIsNotPerformed) {
  Fixture test;
  test.BecomeReadable();
  test.Tell(Side::kRead);
  test.rig.at(test.socket).CancelAll();
  EventArgs& next = test.rig.NewArgs(16);
  next.Submit(test.socket, Kind::kReceive);
  test.rig.RunUntilDone(next);
  EXPECT_EQ(test.receive.error(), socket_error::kOperationAborted);
  EXPECT_EQ(test.receive.completed_count(), 1);
  EXPECT_EQ(next.TransferredText(), "ping");
}

TEST(PostedReceiveWithoutRoomWaitsForBytes) {
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  EventArgs& receive = rig.NewArgs(0);
  receive.Post(socket, Kind::kReceive);
  rig.RunIdly();
  EXPECT_TRUE(receive.is_pending());
  peer.Write("ping");
  rig.RunUntilDone(receive);
  EXPECT_EQ(receive.error(), socket_error::kSuccess);
}

TEST(ReceiveWithoutRoomBehindAFullOneWaitsForMore) {
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  EventArgs& full = rig.NewArgs(4);
  full.Submit(socket, Kind::kReceive);
  EventArgs& next = rig.NewArgs(0);
  next.Submit(socket, Kind::kReceive);
  peer.Write("ping");
  rig.RunUntilDone(full);
  rig.RunIdly();
  EXPECT_TRUE(next.is_pending());
  peer.Write("more");
  rig.RunUntilDone(next);
  EXPECT_EQ(next.error(), socket_error::kSuccess);
}
