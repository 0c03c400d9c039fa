// The engine's place in the loop: one drain per turn, no turn too late and none too many, and what
// keeps the process alive.

#include "engine/loop.h"

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::abi::Kind;
using saea::test::EventArgs;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Peer;
using saea::test::Rig;

// Longer than this program may run: a turn that waits so long fails the test.
constexpr int kLongMs = 120000;

// Calls back in the closing phase of the next turn.
void InClosingPhase(Rig& rig, std::function<void()>& body) {
  auto* handle = new uv_idle_t;
  uv_idle_init(rig.event_loop.uv(), handle);
  handle->data = &body;
  uv_close(reinterpret_cast<uv_handle_t*>(handle), [](uv_handle_t* closed) {
    (*static_cast<std::function<void()>*>(closed->data))();
    delete reinterpret_cast<uv_idle_t*>(closed);
  });
}

}  // namespace

TEST(LoopWithNothingToDoKeepsNothingAlive) {
  Rig rig;
  EXPECT_FALSE(rig.event_loop.is_alive());
  rig.RunTurn();
  EXPECT_EQ(rig.drain_count, 0);
}

TEST(CompletionsOfOneTurnAreDrainedTogether) {
  Rig rig;
  for (int i = 0; i < 3; ++i) rig.NewArgs().CompleteUnperformed();
  EXPECT_EQ(rig.drain_count, 0);  // never from inside the call
  rig.RunTurn();
  EXPECT_EQ(rig.drain_count, 1);
  EXPECT_TRUE((rig.dispatched == std::vector<uint32_t>{0, 1, 2}));
  rig.RunTurn();
  EXPECT_EQ(rig.drain_count, 1);
}

TEST(CompletionOutsideThePollPhaseHurriesTheLoop) {
  Rig rig;
  rig.NewArgs().CompleteUnperformed();
  EXPECT_TRUE(rig.event_loop.is_alive());
  rig.event_loop.RunTurn(kLongMs);
  EXPECT_EQ(rig.dispatched.size(), 1);
  EXPECT_FALSE(rig.event_loop.is_alive());
}

TEST(CompletionInThePollPhaseIsDispatchedInTheSameTurn) {
  Rig rig;
  Peer peer;
  const Handle socket = rig.Connect(PairKind::kUnixStream, peer);
  EventArgs& args = rig.NewArgs(1);
  args.Submit(socket, Kind::kReceive);
  rig.RunTurn();
  peer.Write("x");
  rig.RunTurn();
  EXPECT_EQ(args.completed_count(), 1);
  EXPECT_FALSE(rig.event_loop.is_alive());  // and nothing asks for another turn
}

TEST(ManyCompletionsAreNotKeptForTheEndOfThePollPhase) {
  constexpr size_t kBatch = saea::engine::Loop::kManyCompletions;
  // Those that are watched by libuv itself may come on top of a batch.
  constexpr size_t kFew = 4;
  // The last drain of the turn has one left, or none.
  for (const size_t left : {size_t{1}, size_t{0}}) {
    Rig rig;
    std::vector<Peer> peers(2 * kBatch + left);
    std::map<int, size_t> counts;  // by drain
    for (Peer& peer : peers) {
      EventArgs& args = rig.NewArgs(1);
      args.on_completed = [&](EventArgs&) { ++counts[rig.drain_count]; };
      args.Submit(rig.Connect(PairKind::kUnixStream, peer), Kind::kReceive);
    }
    rig.RunTurn();
    for (Peer& peer : peers) peer.Write("x");
    rig.RunTurn();
    for (const auto& [drain, count] : counts) EXPECT_LE(count, kBatch + kFew);
    EXPECT_EQ(rig.dispatched.size(), peers.size());
    EXPECT_FALSE(rig.event_loop.is_alive());  // and nothing asks for another turn
  }
}

TEST(CompletionsOfHandlersWaitForTheNextTurn) {
  Rig rig;
  EventArgs& first = rig.NewArgs();
  EventArgs& second = rig.NewArgs();
  first.on_completed = [&](EventArgs&) { second.CompleteUnperformed(); };
  first.CompleteUnperformed();
  rig.RunTurn();
  EXPECT_TRUE((rig.dispatched == std::vector<uint32_t>{0}));
  EXPECT_TRUE(rig.event_loop.is_alive());
  rig.event_loop.RunTurn(kLongMs);
  EXPECT_TRUE((rig.dispatched == std::vector<uint32_t>{0, 1}));
  EXPECT_FALSE(rig.event_loop.is_alive());
}

TEST(HandlerThatAlwaysCompletesAgainLeavesTheLoopToOthers) {
  Rig rig;
  EventArgs& args = rig.NewArgs();
  args.on_completed = [&](EventArgs&) { args.CompleteUnperformed(); };
  args.CompleteUnperformed();
  for (int turn = 1; turn <= 5; ++turn) {
    rig.event_loop.RunTurn(kLongMs);
    EXPECT_EQ(rig.drain_count, turn);
    EXPECT_EQ(rig.dispatched.size(), static_cast<size_t>(turn));
  }
}

TEST(CompletionInTheClosingPhaseIsDispatchedInTheNextTurn) {
  Rig rig;
  EventArgs& args = rig.NewArgs();
  std::function<void()> body = [&] { args.CompleteUnperformed(); };
  InClosingPhase(rig, body);
  rig.RunTurn();
  EXPECT_EQ(rig.dispatched.size(), 0);
  rig.event_loop.RunTurn(kLongMs);
  EXPECT_EQ(rig.dispatched.size(), 1);
}

TEST(MoreCompletionsThanTheRingHoldsAreDispatchedInOneTurn) {
  constexpr uint32_t kMany = saea::abi::kRingEntries + 1;
  Rig rig;
  std::vector<std::unique_ptr<saea::abi::Chunk>> chunks;
  while (rig.operations.chunk_count() * saea::abi::kChunkSlots < kMany) {
    chunks.push_back(std::make_unique<saea::abi::Chunk>());
    rig.operations.AddChunk(chunks.back().get());
  }
  for (uint32_t i = 0; i < kMany; ++i) rig.NewArgs().CompleteUnperformed();
  rig.RunTurn();
  EXPECT_EQ(rig.drain_count, 1);
  REQUIRE_TRUE(rig.dispatched.size() == kMany);
  for (uint32_t i = 0; i < kMany; ++i) {
    if (!EXPECT_EQ(rig.dispatched[i], i)) return;
  }
}

TEST(WhatADrainLeavesIsDrainedInTheNextTurn) {
  saea::test::EventLoop event_loop;
  saea::abi::Completions ring = {};
  const auto chunk = std::make_unique<saea::abi::Chunk>();
  saea::engine::Operation operations[2];
  struct Lazy {
    saea::abi::Completions& ring;
    saea::engine::Loop* loop;
  } lazy = {ring, nullptr};
  const auto read_one = [](void* self) {  // as when JavaScript cannot run any more
    auto& reader = *static_cast<Lazy*>(self);
    if (reader.loop->PublishTurn()) ++reader.ring.head;
  };
  saea::engine::Loop loop(event_loop.uv(), ring, read_one, &lazy);
  lazy.loop = &loop;
  for (uint32_t i = 0; i < 2; ++i) {
    operations[i].Attach(i, chunk.get());
    operations[i].Submit();
    loop.Complete(operations[i]);
  }
  event_loop.RunTurn(kLongMs);
  EXPECT_EQ(ring.head, 1);
  event_loop.RunTurn(kLongMs);
  EXPECT_EQ(ring.head, 2);
  EXPECT_FALSE(event_loop.is_alive());
  bool is_closed = false;
  loop.Close([](void* closed) { *static_cast<bool*>(closed) = true; }, &is_closed);
  event_loop.RunTurn();
  EXPECT_TRUE(is_closed);
}

TEST(TurnsAreCountedOnePerTurn) {
  Rig rig;
  const uint32_t before = rig.loop.turn();
  rig.RunTurn();
  rig.RunTurn();
  EXPECT_EQ(rig.loop.turn() - before, 2);
}

TEST(DispatchedCountIsWhatLibHasRead) {
  Rig rig;
  const uint32_t before = rig.loop.dispatched_count();
  EventArgs& args = rig.NewArgs();
  const uint32_t number = args.CompleteUnperformed();
  EXPECT_FALSE(rig.loop.is_dispatched(number));
  rig.RunTurn();
  EXPECT_TRUE(rig.loop.is_dispatched(number));
  EXPECT_EQ(rig.loop.dispatched_count() - before, 1);
}

TEST(WaitingOperationsKeepTheLoopAliveUntilTheLastIsGone) {
  Rig rig;
  rig.loop.AddWaiting(0);
  EXPECT_FALSE(rig.event_loop.is_alive());
  rig.loop.AddWaiting(1);
  rig.loop.AddWaiting(2);
  EXPECT_TRUE(rig.event_loop.is_alive());
  rig.loop.RemoveWaiting(0);
  rig.loop.RemoveWaiting(2);
  EXPECT_TRUE(rig.event_loop.is_alive());
  EXPECT_ABORT(rig.loop.RemoveWaiting(2));
  rig.loop.RemoveWaiting(1);
  EXPECT_FALSE(rig.event_loop.is_alive());
}

TEST(ClosedLoopDrainsNothingAndAsksForNothing) {
  saea::test::EventLoop event_loop;
  saea::abi::Completions ring = {};
  const auto chunk = std::make_unique<saea::abi::Chunk>();
  int drains = 0;
  bool is_closed = false;
  saea::engine::Operation operation;
  operation.Attach(0, chunk.get());
  saea::engine::Loop loop(
      event_loop.uv(), ring, [](void* count) { ++*static_cast<int*>(count); }, &drains);
  loop.Close([](void* closed) { *static_cast<bool*>(closed) = true; }, &is_closed);
  operation.Submit();
  loop.Complete(operation);
  loop.AddWaiting(1);
  EXPECT_FALSE(is_closed);
  event_loop.RunTurn();
  EXPECT_TRUE(is_closed);
  EXPECT_EQ(drains, 0);
  EXPECT_FALSE(event_loop.is_alive());
}

TEST(LoopIsClosedWhenTheLastHandleOfItsUsersIs) {
  saea::test::EventLoop event_loop;
  saea::abi::Completions ring = {};
  bool is_closed = false;
  saea::engine::Loop loop(
      event_loop.uv(), ring, [](void*) {}, nullptr);
  loop.HandleOpened();
  loop.Close([](void* closed) { *static_cast<bool*>(closed) = true; }, &is_closed);
  EXPECT_ABORT(loop.Close(nullptr, nullptr));
  event_loop.RunTurn();
  EXPECT_FALSE(is_closed);
  loop.HandleClosed();
  EXPECT_TRUE(is_closed);
}
