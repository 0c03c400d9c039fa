// What waiting costs, and what a watcher says.

#include "engine/readiness.h"

#include <unistd.h>

#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::engine::Readiness;
using saea::test::MakePair;
using saea::test::Pair;
using saea::test::PairKind;
using saea::test::Rig;

// A watched end of a pair, and what its owner was told.
struct Watched {
  explicit Watched(Rig& on, PairKind kind = PairKind::kUnixStream) : rig(on), pair(MakePair(kind)) {
    readiness = Readiness::Open(rig.loop, pair.ours, this, OnReady, &error);
  }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
  ~Watched() {
    Close();
    close(pair.ours);
    rig.RunTurn();
  }

  void Close() {
    if (readiness != nullptr) readiness->Close();
    readiness = nullptr;
  }

  static void OnReady(void* self, uint8_t events) {
    auto& watched = *static_cast<Watched*>(self);
    ++watched.calls;
    watched.events = events;
  }

  Rig& rig;
  Pair pair;
  Readiness* readiness;
  int error = 1;
  int calls = 0;
  uint8_t events = 0;
};

constexpr uint8_t kBoth = Readiness::kReadable | Readiness::kWritable;

}  // namespace

TEST(NewWatcherIsSilentUntilItIsAsked) {
  Rig rig;
  Watched watched(rig);
  EXPECT_EQ(watched.error, 0);
  watched.pair.theirs.Write("x");
  rig.RunTurn();
  EXPECT_EQ(watched.calls, 0);
}

TEST(OwnerIsToldWhatIsReadyOfWhatItWatches) {
  Rig rig;
  Watched watched(rig);
  EXPECT_EQ(watched.readiness->Watch(Readiness::kReadable), 0);
  rig.RunTurn();
  EXPECT_EQ(watched.calls, 0);
  watched.pair.theirs.Write("x");
  rig.RunTurn();
  EXPECT_EQ(watched.events, Readiness::kReadable);
  watched.readiness->Watch(Readiness::kWritable);  // in addition
  rig.RunTurn();
  EXPECT_EQ(watched.events, kBoth);
  watched.readiness->Unwatch(Readiness::kReadable);
  rig.RunTurn();
  EXPECT_EQ(watched.events, Readiness::kWritable);
  watched.readiness->Unwatch(Readiness::kWritable);
  rig.RunTurn();
  EXPECT_EQ(watched.calls, 3);
}

TEST(WatcherDoesNotKeepTheProcessAlive) {
  Rig rig;
  Watched watched(rig);
  watched.readiness->Watch(kBoth);
  EXPECT_FALSE(rig.event_loop.is_alive());
}

TEST(ErrorOnTheSocketMeansBothSidesAndEndsTheWatch) {
  Rig rig;
  Watched watched(rig);
  EXPECT_EQ(write(watched.pair.ours, "y", 1), 1);
  watched.readiness->Watch(Readiness::kReadable);
  watched.pair.theirs.Close();  // with a byte unread: an error at our end
  rig.RunTurn();
  EXPECT_EQ(watched.events, kBoth);
  rig.RunTurn();
  EXPECT_EQ(watched.calls, 1);
  char byte;
  EXPECT_EQ(read(watched.pair.ours, &byte, 1), -1);  // takes the error
  EXPECT_EQ(watched.readiness->Watch(Readiness::kReadable), 0);
  rig.RunTurn();
  EXPECT_EQ(watched.calls, 2);  // armed again: for the end, behind the error
  EXPECT_EQ(watched.events, Readiness::kReadable);
}

TEST(WhatCannotBeWatchedIsAnError) {
  Rig rig;
  int error = 0;
  constexpr int kNoSuchDescriptor = 1000000;
  EXPECT_EQ(Readiness::Open(rig.loop, kNoSuchDescriptor, nullptr, Watched::OnReady, &error),
            nullptr);
  EXPECT_EQ(error, UV_EBADF);
  EXPECT_EQ(rig.event_loop.open_handle_count(), 2);  // the loop's own
}

TEST(DescriptorThatSomebodyElseWatchesIsAnError) {
  Rig rig;
  Watched watched(rig);
  int error = 0;
  Readiness* second =
      Readiness::Open(rig.loop, watched.pair.ours, nullptr, Watched::OnReady, &error);
  REQUIRE_TRUE(second != nullptr);
  watched.readiness->Watch(Readiness::kReadable);
  EXPECT_EQ(second->Watch(Readiness::kReadable), UV_EEXIST);
  watched.readiness->Unwatch(Readiness::kReadable);
  EXPECT_EQ(second->Watch(Readiness::kReadable), 0);  // a failed attempt leaves nothing behind
  second->Close();
}

TEST(ClosedWatcherIsSilentAtOnce) {
  Rig rig;
  Watched watched(rig);
  watched.readiness->Watch(kBoth);
  watched.Close();
  rig.RunTurn();
  EXPECT_EQ(watched.calls, 0);
}

TEST(OwnerMayCloseWhenItIsTold) {
  Rig rig;
  Pair pair = MakePair(PairKind::kUnixStream);
  Readiness* readiness = nullptr;
  int error = 0;
  readiness = Readiness::Open(
      rig.loop, pair.ours, &readiness,
      [](void* at, uint8_t) { (*static_cast<Readiness**>(at))->Close(); }, &error);
  readiness->Watch(Readiness::kWritable);
  rig.RunTurn();
  close(pair.ours);
  EXPECT_EQ(rig.busy_handle_count(), 2);
}

#if !SAEA_REAL_LIBUV  // libuv does not tell how often it was armed

TEST(WatchingWhatIsWatchedIsFree) {
  Rig rig;
  Watched watched(rig);
  watched.readiness->Watch(Readiness::kReadable);
  const uint32_t started = saea::test::WatchCountsOf(rig.event_loop).started;
  watched.readiness->Watch(Readiness::kReadable);
  watched.pair.theirs.Write("x");
  rig.RunTurn();
  watched.readiness->Watch(Readiness::kReadable);
  EXPECT_EQ(saea::test::WatchCountsOf(rig.event_loop).started, started);
}

TEST(UnwatchingWhatIsNotWatchedIsFree) {
  Rig rig;
  Watched watched(rig);
  watched.readiness->Watch(Readiness::kReadable);
  const saea::test::WatchCounts before = saea::test::WatchCountsOf(rig.event_loop);
  watched.readiness->Unwatch(Readiness::kWritable);
  const saea::test::WatchCounts after = saea::test::WatchCountsOf(rig.event_loop);
  EXPECT_EQ(after.started, before.started);
  EXPECT_EQ(after.stopped, before.stopped);
}
#endif
