// What waiting costs, and what a watcher says; alone, which libuv sees to, and in a crowd, for
// which there is a set of our own.

#include "engine/readiness.h"

#include <unistd.h>

#include "support/crowd.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::engine::Readiness;
using saea::test::Crowd;
using saea::test::MakePair;
using saea::test::Pair;
using saea::test::PairKind;
using saea::test::Rig;

constexpr size_t kCrowds[] = {0, Crowd::kSize};
constexpr uint8_t kBoth = Readiness::kReadable | Readiness::kWritable;

// A watched end of a pair, and what its owner was told.
struct Watched : Readiness {
  explicit Watched(Rig& on, size_t crowd_size)
      : Readiness(OnReady), rig(on), crowd(on, crowd_size), pair(MakePair(PairKind::kUnixStream)) {}
  ~Watched() {
    Close();
    close(pair.ours);
    rig.RunTurn();
    EXPECT_EQ(crowd.call_count(), 0);
  }

  int Watch(uint8_t asked) { return Readiness::Watch(rig.loop, pair.ours, asked); }
  void Unwatch(uint8_t asked) { Readiness::Unwatch(rig.loop, asked); }
  void Close() { Readiness::Close(rig.loop); }

  static void OnReady(Readiness& self, uint8_t ready) {
    auto& watched = static_cast<Watched&>(self);
    ++watched.calls;
    watched.events = ready;
    if (watched.closes_when_told) watched.Close();
  }

  Rig& rig;
  Crowd crowd;
  Pair pair;
  int calls = 0;
  uint8_t events = 0;
  bool closes_when_told = false;
};

}  // namespace

TEST(NewWatcherIsSilentUntilItIsAsked) {
  for (const size_t crowd : kCrowds) {
    Rig rig;
    Watched watched(rig, crowd);
    watched.pair.theirs.Write("x");
    rig.RunTurn();
    EXPECT_EQ(watched.calls, 0);
  }
}

TEST(OwnerIsToldWhatIsReadyOfWhatItWatches) {
  for (const size_t crowd : kCrowds) {
    Rig rig;
    Watched watched(rig, crowd);
    EXPECT_EQ(watched.Watch(Readiness::kReadable), 0);
    rig.RunTurn();
    EXPECT_EQ(watched.calls, 0);
    watched.pair.theirs.Write("x");
    rig.RunTurn();
    EXPECT_GE(watched.calls, 1);
    EXPECT_EQ(watched.events, Readiness::kReadable);
    watched.Watch(Readiness::kWritable);  // in addition
    rig.RunTurn();
    EXPECT_EQ(watched.events, kBoth);
    watched.Unwatch(Readiness::kReadable);
    rig.RunTurn();
    EXPECT_EQ(watched.events, Readiness::kWritable);
    watched.Unwatch(Readiness::kWritable);
    const int calls = watched.calls;
    rig.RunTurn();
    EXPECT_EQ(watched.calls, calls);
  }
}

TEST(ReadinessThatLastsIsToldAgain) {
  for (const size_t crowd : kCrowds) {
    Rig rig;
    Watched watched(rig, crowd);
    watched.Watch(Readiness::kReadable);
    watched.pair.theirs.Write("x");
    rig.RunTurn();
    const int calls = watched.calls;
    rig.RunTurn();
    EXPECT_GT(watched.calls, calls);
  }
}

TEST(WatcherDoesNotKeepTheProcessAlive) {
  for (const size_t crowd : kCrowds) {
    Rig rig;
    Watched watched(rig, crowd);
    watched.Watch(kBoth);
    EXPECT_FALSE(rig.event_loop.is_alive());
  }
}

TEST(ErrorOnTheSocketMeansBothSidesAndEndsTheWatch) {
  for (const size_t crowd : kCrowds) {
    Rig rig;
    Watched watched(rig, crowd);
    EXPECT_EQ(write(watched.pair.ours, "y", 1), 1);
    watched.Watch(Readiness::kReadable);
    watched.pair.theirs.Close();  // with a byte unread: an error at our end
    rig.RunTurn();
    EXPECT_EQ(watched.events, kBoth);
    rig.RunTurn();
    EXPECT_EQ(watched.calls, 1);
    char byte;
    EXPECT_EQ(read(watched.pair.ours, &byte, 1), -1);  // takes the error
    EXPECT_EQ(watched.Watch(Readiness::kReadable), 0);
    rig.RunTurn();
    EXPECT_GE(watched.calls, 2);  // armed again: for the end, behind the error
    EXPECT_EQ(watched.events, Readiness::kReadable);
  }
}

TEST(WhatCannotBeWatchedIsAnError) {
  for (const size_t crowd : kCrowds) {
    Rig rig;
    const Crowd others(rig, crowd);
    const size_t handles = rig.new_handle_count();
    Readiness readiness([](Readiness&, uint8_t) {});
    constexpr int kNoSuchDescriptor = 1000000;
    EXPECT_EQ(readiness.Watch(rig.loop, kNoSuchDescriptor, kBoth), UV_EBADF);
    EXPECT_EQ(rig.new_handle_count(), handles);
    readiness.Close(rig.loop);
  }
}

TEST(ClosedWatcherIsSilentAtOnce) {
  for (const size_t crowd : kCrowds) {
    Rig rig;
    Watched watched(rig, crowd);
    watched.Watch(kBoth);
    watched.Close();
    rig.RunTurn();
    EXPECT_EQ(watched.calls, 0);
  }
}

TEST(OwnerMayCloseWhenItIsTold) {
  for (const size_t crowd : kCrowds) {
    Rig rig;
    Watched watched(rig, crowd);
    watched.closes_when_told = true;
    watched.Watch(Readiness::kWritable);
    rig.RunTurn();
    EXPECT_EQ(watched.calls, 1);
    watched.closes_when_told = false;
    EXPECT_EQ(watched.Watch(Readiness::kWritable), 0);  // it may watch again
    rig.RunTurn();
    EXPECT_GE(watched.calls, 2);
  }
}

// Both are ready in one turn, and whoever is told first closes the other.
TEST(OwnerThatIsClosedByAnotherIsNotTold) {
  for (const size_t crowd : kCrowds) {
    struct End : Readiness {
      End() : Readiness(OnReady), pair(MakePair(PairKind::kUnixStream)) {}
      static void OnReady(Readiness& self, uint8_t) {
        auto& end = static_cast<End&>(self);
        ++*end.calls;
        end.Unwatch(end.rig->loop, kReadable);
        end.other->Close(end.rig->loop);
      }
      Rig* rig = nullptr;
      End* other = nullptr;
      int* calls = nullptr;
      Pair pair;
    };
    Rig rig;
    const Crowd others(rig, crowd);
    int calls = 0;
    End ends[2];
    for (int i = 0; i < 2; ++i) {
      ends[i].rig = &rig;
      ends[i].other = &ends[1 - i];
      ends[i].calls = &calls;
      ends[i].Watch(rig.loop, ends[i].pair.ours, Readiness::kReadable);
      ends[i].pair.theirs.Write("x");
    }
    rig.RunTurn();
    rig.RunTurn();
    EXPECT_EQ(calls, 1);
    for (End& end : ends) {
      end.Close(rig.loop);
      close(end.pair.ours);
    }
  }
}
