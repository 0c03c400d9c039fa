// Several datagrams in one call: who goes together, what each is told, and what comes between.

#include "socket/datagrams.h"

#include <cerrno>
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
using saea::test::Faults;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Peer;
using saea::test::Rig;
namespace socket_error = saea::os::socket_error;
namespace socket_flags = saea::os::socket_flags;

constexpr size_t kBytes = 16;
constexpr size_t kTextBytes = 10;  // of "datagram 0" and its like

// A connected datagram socket of ours, and operations on it.
struct Fixture {
  explicit Fixture(PairKind kind = PairKind::kUdp4) : socket(rig.Connect(kind, peer)) {}

  std::vector<EventArgs*> Receive(size_t count, Kind kind = Kind::kReceiveFrom) {
    std::vector<EventArgs*> all;
    for (size_t i = 0; i < count; ++i) {
      all.push_back(&rig.NewArgs(kBytes));
      EXPECT_EQ(all.back()->Submit(socket, kind), Submission::kPending);
    }
    return all;
  }

  void Write(size_t count) {
    for (size_t i = 0; i < count; ++i) peer.Write("datagram " + std::to_string(i));
  }

  // Handlers that each send what they have received back, and count that.
  void EchoEach(const std::vector<EventArgs*>& all) {
    for (EventArgs* each : all) {
      each->on_completed = [this](EventArgs& args) {
        if (args.completed_count() > 1) return;  // that was the send
        args.SetWindow(0, args.transferred());
        if (args.Submit(socket, Kind::kSend) == Submission::kPending) ++pending_sends;
      };
    }
  }

  bool AreDone(const std::vector<EventArgs*>& all) {
    for (const EventArgs* each : all) {
      if (each->is_pending()) return false;
    }
    return true;
  }

  void Await(const std::vector<EventArgs*>& all) {
    rig.RunUntil([&] { return AreDone(all); });
  }

  Rig rig;
  Peer peer;
  Handle socket;
  size_t pending_sends = 0;
};

// Receives that are all served in one turn, and whose handlers each send.
struct Echoes : Fixture {
  explicit Echoes(size_t count) : all(Receive(count)) {
    EchoEach(all);
    Write(count);
  }

  std::string ReadAll() {
    std::string text;
    for (size_t i = 0; i < all.size(); ++i) text += peer.Read(kTextBytes) + "|";
    return text;
  }

  std::vector<EventArgs*> all;
};

std::string Expected(size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += "datagram " + std::to_string(i) + "|";
  return text;
}

}  // namespace

TEST(WaitingReceivesAreServedByOneCallInOrder) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  const std::vector<EventArgs*> all = test.Receive(20);
  test.Write(20);
  const CallCounter calls;
  test.Await(all);
  for (size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i]->TransferredText(), "datagram " + std::to_string(i));
    EXPECT_EQ(all[i]->error(), socket_error::kSuccess);
    EXPECT_EQ(all[i]->address().family, saea::os::address_family::kInterNetwork);
    EXPECT_TRUE(all[i]->address().port > 0);
  }
  EXPECT_EQ(calls.of(Call::kReceiveMessages), 1);
  EXPECT_EQ(calls.of(Call::kReceiveMessage), 0);
}

TEST(FewerDatagramsThanReceivesLeaveTheOthersWaitingWithoutACall) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  const std::vector<EventArgs*> all = test.Receive(5);
  test.Write(3);
  const CallCounter calls;
  test.Await({all[0], all[1], all[2]});
  EXPECT_EQ(calls.of(Call::kReceiveMessages), 1);
  EXPECT_TRUE(all[3]->is_pending() && all[4]->is_pending());
  test.Write(2);
  test.Await(all);
  EXPECT_EQ(all[3]->TransferredText(), "datagram 0");
  EXPECT_EQ(all[4]->TransferredText(), "datagram 1");
}

TEST(MoreReceivesThanOneCallTakesGoInSeveral) {
  REQUIRE_WRAPPED_CALLS();
  constexpr size_t kCount = 2 * saea::os::kMaxDatagrams + 3;
  Fixture test;
  const std::vector<EventArgs*> all = test.Receive(kCount);
  test.Write(kCount);
  const CallCounter calls;
  test.Await(all);
  for (size_t i = 0; i < kCount; ++i) {
    EXPECT_EQ(all[i]->TransferredText(), "datagram " + std::to_string(i));
  }
  EXPECT_EQ(calls.of(Call::kReceiveMessages), 3);
}

TEST(ReceivesThatMustGoAloneKeepTheirPlace) {
  Fixture test;
  std::vector<EventArgs*> all;
  for (size_t i = 0; i < 8; ++i) all.push_back(&test.rig.NewArgs(kBytes));
  all[2]->SetList({4, 12});
  all[4]->SetWindow(0, 0);  // takes nothing
  all[5]->socket_flags = socket_flags::kPeek;
  for (EventArgs* each : all) each->Submit(test.socket, Kind::kReceiveFrom);
  test.Write(6);
  test.Await(all);
  constexpr int kSeen[] = {0, 1, 2, 3, -1, 4, 4, 5};
  for (size_t i = 0; i < all.size(); ++i) {
    const bool is_empty = kSeen[i] < 0;
    EXPECT_EQ(all[i]->TransferredText(), is_empty ? "" : "datagram " + std::to_string(kSeen[i]));
  }
}

TEST(KindsOfReceiveGoTogetherAndEachIsToldItsOwn) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  std::vector<EventArgs*> all;
  for (const Kind kind : {Kind::kReceive, Kind::kReceiveFrom, Kind::kReceiveMessageFrom}) {
    all.push_back(test.Receive(1, kind).front());
  }
  test.Write(3);
  const CallCounter calls;
  test.Await(all);
  EXPECT_EQ(calls.of(Call::kReceiveMessages), 1);
  EXPECT_EQ(all[0]->address().family, saea::os::address_family::kUnspecified);
  EXPECT_EQ(all[1]->address().family, saea::os::address_family::kInterNetwork);
  EXPECT_EQ(all[2]->operation().packet_information().family,
            saea::os::address_family::kInterNetwork);
  EXPECT_TRUE(all[2]->operation().packet_information().interface_index > 0);
}

TEST(EachReceiveIsToldWhetherItsDatagramWasCut) {
  Fixture test;
  const std::vector<EventArgs*> all = test.Receive(3);
  test.peer.Write("short");
  test.peer.Write(std::string(kBytes + 1, 'x'));
  test.peer.Write("");
  test.Await(all);
  EXPECT_EQ(all[0]->record().result_flags, socket_flags::kNone);
  EXPECT_EQ(all[1]->record().result_flags, socket_flags::kTruncated);
  EXPECT_EQ(all[1]->transferred(), kBytes);
  EXPECT_EQ(all[2]->record().result_flags, socket_flags::kNone);
  EXPECT_EQ(all[2]->transferred(), 0);
}

TEST(ErrorOfTheCallGoesToTheFirstAndTheOthersReceive) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  const std::vector<EventArgs*> all = test.Receive(3);
  Faults faults;
  faults.Fail(Call::kReceiveMessages, ECONNREFUSED);
  test.Write(2);
  test.Await(all);
  EXPECT_EQ(all[0]->error(), socket_error::kConnectionRefused);
  EXPECT_EQ(all[1]->TransferredText(), "datagram 0");
  EXPECT_EQ(all[2]->TransferredText(), "datagram 1");
}

TEST(InterruptedCallsAreRepeated) {
  REQUIRE_WRAPPED_CALLS();
  Echoes test(4);
  Faults faults;
  faults.Fail(Call::kReceiveMessages, EINTR, 3);
  faults.Fail(Call::kSendMessages, EINTR, 3);
  test.Await(test.all);
  EXPECT_EQ(test.ReadAll(), Expected(4));
}

TEST(TransferredBufferFailsAloneAndTakesNoDatagram) {
  Fixture test;
  const std::vector<EventArgs*> all = test.Receive(3);
  all[1]->Detach();
  test.Write(2);
  test.Await(all);
  EXPECT_EQ(all[0]->TransferredText(), "datagram 0");
  EXPECT_EQ(all[1]->error(), socket_error::kFault);
  EXPECT_EQ(all[2]->TransferredText(), "datagram 1");
}

TEST(SendsOfHandlersLeaveInOneCallInOrder) {
  REQUIRE_WRAPPED_CALLS();
  Echoes test(10);
  const CallCounter calls;
  test.rig.RunUntil([&] { return test.pending_sends > 0; });
  test.Await(test.all);
  EXPECT_EQ(calls.of(Call::kSendMessages), 1);
  EXPECT_EQ(calls.of(Call::kSend), 0);
  EXPECT_EQ(test.pending_sends, 10);
  EXPECT_EQ(test.ReadAll(), Expected(10));
  for (EventArgs* each : test.all) {
    EXPECT_EQ(each->error(), socket_error::kSuccess);
    EXPECT_EQ(each->completed_count(), 2);
  }
}

TEST(SendsOfHandlersCompleteInTheTurnInWhichTheyLeave) {
  Echoes test(3);
  test.rig.RunUntil([&] { return test.pending_sends > 0; });
  EXPECT_TRUE(test.AreDone(test.all));
}

TEST(LoneSendLeavesAtOnce) {
  Fixture test;
  EventArgs& outside = test.rig.NewArgs("outside");
  EXPECT_EQ(outside.Submit(test.socket, Kind::kSend), Submission::kCompleted);
  Echoes alone(1);
  alone.rig.RunUntil([&] { return alone.all[0]->completed_count() == 2; });
  EXPECT_EQ(alone.pending_sends, 0);
}

TEST(SendsCutShortAreResumedEachReportedOnce) {
  REQUIRE_WRAPPED_CALLS();
  Echoes test(10);
  Faults faults;
  faults.LimitSentDatagrams(3);
  faults.Fail(Call::kGetOption, ENOPROTOOPT);  // or all would leave as one
  const CallCounter calls;
  test.Await(test.all);
  test.rig.RunUntil([&] { return test.pending_sends == 10; });
  test.Await(test.all);
  EXPECT_EQ(calls.of(Call::kSendMessages) + calls.of(Call::kSend), 4);
  EXPECT_EQ(test.ReadAll(), Expected(10));
  for (EventArgs* each : test.all) EXPECT_EQ(each->completed_count(), 2);
}

TEST(SendsThatFindNoRoomWaitForIt) {
  REQUIRE_WRAPPED_CALLS();
  Echoes test(5);
  Faults faults;
  faults.Fail(Call::kSendMessages, EAGAIN);
  test.rig.RunUntil([&] { return test.pending_sends == 5; });
  test.Await(test.all);
  EXPECT_EQ(test.ReadAll(), Expected(5));
}

TEST(ErrorOfASendGoesToItsOwnOperation) {
  REQUIRE_WRAPPED_CALLS();
  Echoes test(4);
  Faults faults;
  faults.Fail(Call::kSendMessages, EPERM);
  test.rig.RunUntil([&] { return test.pending_sends == 4; });
  test.Await(test.all);
  EXPECT_EQ(test.all[0]->error(), socket_error::kAccessDenied);
  for (size_t i = 1; i < 4; ++i) EXPECT_EQ(test.all[i]->error(), socket_error::kSuccess);
}

TEST(DatagramThatIsTooLargeFailsAmongOthers) {
  constexpr size_t kTooLarge = 70000;
  Fixture test;
  const std::vector<EventArgs*> receives = test.Receive(3);
  std::vector<EventArgs*> sends = {&test.rig.NewArgs("one"), &test.rig.NewArgs(kTooLarge),
                                   &test.rig.NewArgs("two")};
  for (size_t i = 0; i < 3; ++i) {
    receives[i]->on_completed = [&, i](EventArgs&) { sends[i]->Submit(test.socket, Kind::kSend); };
  }
  test.Write(3);
  test.Await(receives);
  test.Await(sends);
  EXPECT_EQ(sends[0]->error(), socket_error::kSuccess);
  EXPECT_EQ(sends[1]->error(), socket_error::kMessageSize);
  EXPECT_EQ(sends[2]->error(), socket_error::kSuccess);
  EXPECT_EQ(test.peer.Read(3), "one");
  EXPECT_EQ(test.peer.Read(3), "two");
}

TEST(WhatHandlersHaveSentLeavesBeforeTheSocketCloses) {
  Echoes test(4);
  test.all[3]->on_completed = [&](EventArgs&) { test.rig.sockets.Close(test.socket, false); };
  test.Await(test.all);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(test.peer.Read(kTextBytes), "datagram " + std::to_string(i));
    EXPECT_EQ(test.all[i]->error(), socket_error::kSuccess);
  }
}

TEST(WhatHandlersHaveSentLeavesBeforeTheEnvironmentGoes) {
  Echoes test(4);
  test.all[3]->on_completed = [&](EventArgs&) { test.rig.sockets.AbandonAll(); };
  test.rig.RunUntil([&] { return test.pending_sends == 3; });
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(test.peer.Read(kTextBytes), "datagram " + std::to_string(i));
  }
}

TEST(CallThatIsNoOperationFindsEverythingSent) {
  Echoes test(4);
  std::string read;
  test.all[3]->on_completed = [&](EventArgs&) {
    test.rig.sockets.settled(test.socket);
    read = test.peer.ReadAvailable();
  };
  test.Await(test.all);
  EXPECT_TRUE(read.rfind("datagram 0", 0) == 0);
}

TEST(SendCancelledBeforeItLeavesIsAborted) {
  Echoes test(4);
  test.all[3]->on_completed = [&](EventArgs&) { EXPECT_TRUE(test.all[1]->Cancel(test.socket)); };
  test.rig.RunUntil([&] { return test.pending_sends == 3; });
  test.Await(test.all);
  EXPECT_EQ(test.all[1]->error(), socket_error::kOperationAborted);
  EXPECT_EQ(test.peer.Read(kTextBytes), "datagram 0");
  EXPECT_EQ(test.peer.Read(kTextBytes), "datagram 2");
}

TEST(StreamsAreNotKeptWaiting) {
  Fixture test(PairKind::kTcp4);
  const std::vector<EventArgs*> all = {&test.rig.NewArgs(1), &test.rig.NewArgs(1)};
  for (EventArgs* each : all) each->Submit(test.socket, Kind::kReceive);
  test.EchoEach(all);
  test.peer.Write("ab");
  test.Await(all);
  EXPECT_EQ(test.pending_sends, 0);
  EXPECT_EQ(test.peer.Read(2), "ab");
}

TEST(ReceiveOfAHandlerThatMustGoAloneIsTriedAtOnce) {
  constexpr uint32_t kPartial = 0x8000;
  Fixture test;
  const std::vector<EventArgs*> all = test.Receive(2);
  EventArgs& refused = test.rig.NewArgs(kBytes);
  refused.socket_flags = kPartial;
  all[0]->on_completed = [&](EventArgs&) { refused.Submit(test.socket, Kind::kReceiveFrom); };
  test.Write(2);
  test.Await(all);
  test.Await({&refused});  // though nothing comes for it
  EXPECT_EQ(refused.completed_count(), 1);
  EXPECT_EQ(refused.error(), socket_error::kOperationNotSupported);
}
