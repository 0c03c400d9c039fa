// A set of our own, in the loop: what it costs, and how long it keeps others waiting.

#include "engine/poller.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include "os/numbers.h"
#include "socket/packet_list.h"
#include "support/crowd.h"
#include "support/faults.h"
#include "support/rig.h"
#include "support/temporary_file.h"
#include "support/test.h"

namespace {

using saea::abi::Ending;
using saea::abi::Kind;
using saea::engine::Loop;
using saea::engine::Readiness;
using saea::socket::PacketList;
using saea::socket::Side;
using saea::test::Call;
using saea::test::CallCounter;
using saea::test::Crowd;
using saea::test::EventArgs;
using saea::test::EventLoop;
using saea::test::Faults;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Peer;
using saea::test::Rig;
using saea::test::TemporaryFile;
namespace socket_error = saea::os::socket_error;

// kRounds of native/engine/linux/poller.cc, which nothing but this test needs to know.
constexpr int kRounds = 8;

// A connection in a crowd, so that it is in the set.
struct Fixture {
  Fixture() : crowd(rig, Crowd::kSize), socket(rig.Connect(PairKind::kTcp4, peer)) {}

  void Echo() {
    receive.Submit(socket, Kind::kReceive);
    peer.Write("ping");
    rig.RunUntilDone(receive);
    send.Submit(socket, Kind::kSend);
    peer.Read(1);
  }

  Rig rig;
  Crowd crowd;
  Peer peer;
  Handle socket;
  EventArgs& receive = rig.NewArgs(16);
  EventArgs& send = rig.NewArgs(1);
};

}  // namespace

TEST(RoundsOfReceiveAndSendEnterTheSetOnce) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  const CallCounter calls;
  for (int round = 0; round < 50; ++round) test.Echo();
  EXPECT_EQ(calls.of(Call::kControlSet), 1);
}

TEST(ConnectionCostsTwoCallsOfTheSet) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  const CallCounter calls;
  test.Echo();
  test.rig.sockets.Close(test.socket, false);
  EXPECT_EQ(calls.of(Call::kControlSet), 2);
}

TEST(FewAreWatchedWithoutTheSetAndMoreOfThemTogetherInIt) {
  REQUIRE_WRAPPED_CALLS();
  Rig rig;
  const CallCounter calls;
  std::vector<Peer> peers(Crowd::kSize);
  std::vector<EventArgs*> receives;
  std::vector<uint32_t> entered;
  for (Peer& peer : peers) {
    receives.push_back(&rig.NewArgs(4));
    receives.back()->Submit(rig.Connect(PairKind::kTcp4, peer), Kind::kReceive);
    entered.push_back(calls.of(Call::kControlSet));
  }
  EXPECT_TRUE((entered == std::vector<uint32_t>{0, 0, 0, 0, 5, 6}));
  for (Peer& peer : peers) peer.Write("ping");
  for (EventArgs* each : receives) rig.RunUntilDone(*each);
  rig.sockets.AbandonAll();
  const uint32_t before = calls.of(Call::kControlSet);
  Peer peer;
  rig.NewArgs(4).Submit(rig.Connect(PairKind::kTcp4, peer), Kind::kReceive);
  EXPECT_EQ(calls.of(Call::kControlSet), before);  // the set is empty, and few are watched again
}

TEST(SocketThatCannotMoveIntoTheSetIsWatchedWhereItIs) {
  REQUIRE_WRAPPED_CALLS();
  Rig rig;
  std::vector<Peer> peers(Crowd::kSize);
  std::vector<EventArgs*> receives;
  for (Peer& peer : peers) {
    Faults faults;
    if (receives.size() == 4) faults.Fail(Call::kControlSet, ENOSPC, 2);
    receives.push_back(&rig.NewArgs(4));
    receives.back()->Submit(rig.Connect(PairKind::kTcp4, peer), Kind::kReceive);
  }
  for (Peer& peer : peers) peer.Write("ping");
  for (EventArgs* each : receives) {
    rig.RunUntilDone(*each);
    EXPECT_EQ(each->TransferredText(), "ping");
  }
}

TEST(SetIsAskedOnceMoreThanItHasAnything) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  const CallCounter calls;
  constexpr int kTimes = 10;
  for (int round = 0; round < kTimes; ++round) test.Echo();
  EXPECT_EQ(calls.of(Call::kAskSet), 2 * kTimes);
}

TEST(WhatComesMeanwhileIsServedBeforeTheLoopGoesOn) {
  Fixture test;
  int count = 0;
  test.receive.on_completed = [&](EventArgs& args) {
    ++count;
    if (count < kRounds) test.peer.Write("more");
    if (count < kRounds) test.rig.AwaitAvailable(test.socket, 4);
    args.Post(test.socket, Kind::kReceive);
  };
  test.receive.Submit(test.socket, Kind::kReceive);
  test.peer.Write("ping");
  test.rig.AwaitAvailable(test.socket, 4);
  test.rig.RunTurn();
  EXPECT_EQ(count, kRounds);
}

TEST(SocketThatAlwaysHasMoreLeavesTheLoopToOthers) {
  Fixture test;
  int count = 0;
  test.receive.on_completed = [&](EventArgs& args) {
    ++count;
    test.peer.Write("more");
    test.rig.AwaitAvailable(test.socket, 4);
    args.Post(test.socket, Kind::kReceive);
  };
  test.receive.Submit(test.socket, Kind::kReceive);
  test.peer.Write("ping");
  test.rig.AwaitAvailable(test.socket, 4);
  test.rig.RunTurn();
  EXPECT_LE(count, kRounds + 1);
  test.rig.sockets.Close(test.socket, false);
}

TEST(SocketThatTheSetRefusesFailsItsOperations) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  Faults faults;
  faults.Fail(Call::kControlSet, ENOBUFS);
  test.receive.Submit(test.socket, Kind::kReceive);
  test.rig.RunUntilDone(test.receive);
  EXPECT_EQ(test.receive.error(), socket_error::kNoBufferSpaceAvailable);
  EXPECT_EQ(test.receive.record().native_error, ENOBUFS);
  test.Echo();  // and can be used when it does not any more
}

// What is performed renews the descriptor, and there is no room in the system for the fresh one.
TEST(PacketsThatReuseASocketWhichCannotBeWatchedAnyMoreCompleteOnce) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  test.receive.Submit(test.socket, Kind::kReceive);
  test.rig.at(test.socket).direction(Side::kWrite).set_may_be_ready(false);
  const TemporaryFile file{"last words"};
  auto list = std::make_unique<PacketList>();
  EXPECT_TRUE(list->AddPath(file.path().c_str(), 0, PacketList::kToTheEnd).ok());
  EventArgs& packets = test.rig.NewArgs();
  packets.operation().Attach(std::move(list));
  packets.ending = Ending::kDisconnectAndReuse;
  packets.Submit(test.socket, Kind::kSendPackets);
  EventArgs& behind = test.rig.NewArgs(1);
  behind.Submit(test.socket, Kind::kSend);
  Faults faults;
  faults.Fail(Call::kControlSet, ENOSPC, 1, 1);  // not the first, which takes the old one out
  test.rig.RunUntilDone(packets);
  test.rig.RunUntilDone(behind);
  EXPECT_EQ(packets.completed_count(), 1);
  EXPECT_EQ(behind.completed_count(), 1);
}

// Made when there is no descriptor left for a set.
TEST(WithoutASetLibuvWatchesEveryDescriptor) {
  rlimit limit = {};
  EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  Peer standard(dup(0));  // the lowest number that is free, from which on there are none
  const rlimit none = {static_cast<rlim_t>(standard.descriptor()), limit.rlim_max};
  standard.Close();
  EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  EventLoop events;
  saea::abi::Completions ring = {};
  Loop loop(
      events.uv(), ring, [](void*) {}, nullptr);
  EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  std::vector<saea::test::Pair> pairs;
  std::vector<std::unique_ptr<Readiness>> watched;
  static int told_count = 0;
  for (int i = 0; i < 10; ++i) {
    pairs.push_back(saea::test::MakePair(PairKind::kUnixStream));
    watched.push_back(std::make_unique<Readiness>([](Readiness&, uint8_t) { ++told_count; }));
    EXPECT_EQ(watched.back()->Watch(loop, pairs.back().ours, Readiness::kReadable), 0);
    pairs.back().theirs.Write("x");
  }
  events.RunTurn(1);
  EXPECT_EQ(told_count, 10);
  for (int i = 0; i < 10; ++i) {
    watched[i]->Close(loop);
    const Peer ours(pairs[i].ours);
  }
  loop.Close([](void*) {}, nullptr);
  loop.CloseClaimed();
  while (events.open_handle_count() > 0) events.RunTurn();
}
