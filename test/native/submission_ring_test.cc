// What lib posts while handlers run: taken when they have, in order, and before anything else that
// is done with the sockets.

#include "socket/submission_ring.h"

#include <string>
#include <vector>

#include "os/numbers.h"
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
namespace socket_error = saea::os::socket_error;

// Connections, with a receive on each; what handlers do is the test's affair.
struct Fixture {
  explicit Fixture(size_t count, bool shares_calls = true, PairKind kind = PairKind::kTcp4)
      : rig(shares_calls), peers(count) {
    for (Peer& peer : peers) {
      sockets.push_back(rig.Connect(kind, peer));
      receives.push_back(&rig.NewArgs(16));
      sends.push_back(&rig.NewArgs(16));
      receives.back()->Submit(sockets.back(), Kind::kReceive);
    }
  }

  // Every handler sends back what it has received, by posting.
  void EchoByPosting() {
    for (size_t i = 0; i < receives.size(); ++i) {
      receives[i]->on_completed = [this, i](EventArgs& args) {
        if (args.error() != socket_error::kSuccess) return;
        sends[i]->Fill(args.TransferredText());
        sends[i]->SetWindow(0, args.transferred());
        sends[i]->Post(sockets[i], Kind::kSend);
        args.Post(sockets[i], Kind::kReceive);
      };
    }
  }

  void WriteAll(const std::string& bytes) {
    for (Peer& peer : peers) peer.Write(bytes);
    for (const Handle socket : sockets) rig.AwaitAvailable(socket, bytes.size());
  }

  Rig rig;
  std::vector<Peer> peers;
  std::vector<Handle> sockets;
  std::vector<EventArgs*> receives;
  std::vector<EventArgs*> sends;
};

constexpr size_t kMany = 20;

}  // namespace

TEST(PostedOperationsAreTakenWhenTheHandlersHaveRun) {
  for (const bool shares_calls : {true, false}) {
    Fixture test(kMany, shares_calls);
    test.EchoByPosting();
    test.WriteAll("ping");
    test.rig.RunTurn();
    for (size_t i = 0; i < kMany; ++i) {
      EXPECT_EQ(test.peers[i].Read(4), "ping");
      EXPECT_EQ(test.sends[i]->completed_count(), 1);  // in the same turn
      EXPECT_TRUE(test.receives[i]->is_pending());
    }
    EXPECT_TRUE(test.rig.sockets.submissions().empty());
  }
}

TEST(PostedOperationsOfManySocketsShareTheirCalls) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(kMany);
  if (!test.rig.sockets.transfers().shares_calls()) {
    SKIP("this system has no io_uring, or does not allow it");
  }
  test.EchoByPosting();
  test.WriteAll("ping");
  const CallCounter calls;
  test.rig.RunTurn();
  for (Peer& peer : test.peers) EXPECT_EQ(peer.Read(4), "ping");
  // The first few sockets are watched by libuv, the others in a set: two batches at most each way.
  EXPECT_LE(calls.of(Call::kEnterRing), 4);
  EXPECT_EQ(calls.of(Call::kReceive), 0);
  EXPECT_EQ(calls.of(Call::kSend), 0);
}

TEST(PostedOperationNeverFinishesAtOnce) {
  Fixture test(1);
  test.receives[0]->on_completed = [&](EventArgs&) {
    test.sends[0]->Post(test.sockets[0], Kind::kSend);
  };
  test.WriteAll("ping");
  test.rig.RunTurn();
  EXPECT_EQ(test.sends[0]->completed_count(), 1);
  EXPECT_EQ(test.rig.dispatched.back(), test.sends[0]->slot());
}

TEST(NewestMayFinishAtOnceWhenNativeIsAsked) {
  Fixture test(2);
  EventArgs& first = *test.sends[0];
  EventArgs& second = *test.sends[1];
  first.Post(test.sockets[0], Kind::kSend);
  second.Post(test.sockets[1], Kind::kSend);
  test.rig.sockets.submissions().TakeAllAndAnswer();
  EXPECT_EQ(test.rig.submissions.answer, static_cast<uint32_t>(Submission::kCompleted));
  EXPECT_EQ(second.error(), socket_error::kSuccess);
  test.peers[0].Read(16);  // the older has been performed, and comes by its event
  test.rig.RunTurn();
  EXPECT_EQ(test.rig.dispatched.size(), 1);
  EXPECT_EQ(test.rig.dispatched[0], first.slot());
}

TEST(SeveralSendsOfOneSocketLeaveInOrder) {
  for (const bool shares_calls : {true, false}) {
    Fixture test(2, shares_calls);
    std::vector<EventArgs*> sends;
    for (const char* text : {"one ", "two ", "three"}) {
      sends.push_back(&test.rig.NewArgs(std::string(text)));
    }
    test.receives[0]->on_completed = [&](EventArgs&) {
      for (EventArgs* each : sends) each->Post(test.sockets[0], Kind::kSend);
      test.sends[1]->Post(test.sockets[1], Kind::kSend);
    };
    test.WriteAll("x");
    test.rig.RunTurn();
    EXPECT_EQ(test.peers[0].Read(13), "one two three");
    for (const EventArgs* each : sends) EXPECT_EQ(each->completed_count(), 1);
  }
}

TEST(CloseComesAfterWhatWasPosted) {
  for (const bool shares_calls : {true, false}) {
    Fixture test(kMany, shares_calls);
    test.EchoByPosting();
    const auto echo = test.receives[3]->on_completed;
    test.receives[3]->on_completed = [&, echo](EventArgs& args) {
      if (args.error() != socket_error::kSuccess) return;  // aborted by the close
      echo(args);
      test.rig.sockets.Close(test.sockets[3], false);
    };
    test.WriteAll("ping");
    test.rig.RunTurn();
    for (Peer& peer : test.peers) EXPECT_EQ(peer.Read(4), "ping");
    test.rig.RunUntilDone(*test.receives[3]);
    EXPECT_EQ(test.sends[3]->error(), socket_error::kSuccess);
    EXPECT_EQ(test.receives[3]->error(), socket_error::kOperationAborted);
    EXPECT_EQ(test.receives[3]->completed_count(), 2);
  }
}

TEST(PostedSendThatIsTooLongGoesOnWhenThereIsRoom) {
  Fixture test(3);
  EventArgs& large = test.rig.NewArgs(16 << 20);
  test.receives[0]->on_completed = [&](EventArgs&) {
    large.Post(test.sockets[0], Kind::kSend);
    test.sends[1]->Post(test.sockets[1], Kind::kSend);
  };
  test.WriteAll("x");
  test.rig.RunTurn();
  EXPECT_TRUE(large.is_pending());
  EXPECT_EQ(test.sends[1]->completed_count(), 1);
  size_t read = 0;
  test.rig.RunUntil([&] {
    read += test.peers[0].ReadAvailable().size();
    return read == 16u << 20;
  });
  test.rig.RunUntilDone(large);
  EXPECT_EQ(large.transferred(), 16u << 20);
}

TEST(PostedSendIsPerformedBeforeItsEnvironmentGoes) {
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kTcp4, peer);
  EventArgs& send = rig.NewArgs(std::string("the last word"));
  send.Post(socket, Kind::kSend);
  rig.sockets.AbandonAll();
  EXPECT_EQ(peer.Read(13), "the last word");
}

TEST(RingMayWrapAround) {
  Fixture test(1);
  test.rig.submissions.head = test.rig.submissions.tail = UINT32_MAX - 1;
  test.EchoByPosting();
  for (int round = 0; round < 3; ++round) {
    test.WriteAll("ping");
    test.rig.RunTurn();
    EXPECT_EQ(test.peers[0].Read(4), "ping");
  }
}

TEST(PostedReceiveOfADatagramSocketWaitsForTheSystem) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(1, true, PairKind::kUdp4);
  test.receives[0]->on_completed = [&](EventArgs& args) {
    if (args.completed_count() == 1) args.Post(test.sockets[0], Kind::kReceive);
  };
  test.WriteAll("ping");
  const CallCounter calls;
  test.rig.RunTurn();
  EXPECT_TRUE(test.receives[0]->is_pending());
  EXPECT_EQ(calls.of(Call::kReceive) + calls.of(Call::kReceiveMessage), 1);
  test.peers[0].Write("pong");
  test.rig.RunUntilDone(*test.receives[0]);
  EXPECT_EQ(test.receives[0]->TransferredText(), "pong");
}
