// Watchers outlive their sockets, and nobody can tell: neither the next socket of a number nor
// whoever else has it meanwhile.

#include "engine/kept_watchers.h"

#include <fcntl.h>
#include <unistd.h>

#include "engine/readiness.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::engine::KeptWatchers;
using saea::engine::Readiness;
using saea::test::MakePair;
using saea::test::Pair;
using saea::test::PairKind;
using saea::test::Rig;

constexpr size_t kOwnHandles = 2;

struct Owner {
  static void OnReady(void* self, uint8_t) { ++static_cast<Owner*>(self)->calls; }
  int calls = 0;
};

Readiness* Open(Rig& rig, int descriptor, Owner& owner) {
  int error = 0;
  return Readiness::Open(rig.loop, descriptor, &owner, Owner::OnReady, &error);
}

// A watcher of somebody else's, in the same loop.
struct Stranger {
  Stranger(Rig& on, int descriptor) : rig(on) {
    watcher.data = this;
    error = uv_poll_init_socket(rig.loop.uv(), &watcher, descriptor);
    uv_poll_start(&watcher, UV_READABLE, [](uv_poll_t* handle, int, int) {
      ++static_cast<Stranger*>(handle->data)->calls;
    });
  }
  Stranger(const Stranger&) = delete;
  Stranger& operator=(const Stranger&) = delete;
  ~Stranger() {
    uv_close(reinterpret_cast<uv_handle_t*>(&watcher), nullptr);
    rig.RunTurn();
  }

  Rig& rig;
  uv_poll_t watcher = {};
  int error;
  int calls = 0;
};

}  // namespace

TEST(NextSocketOfANumberTakesOverTheWatcherOfTheLast) {
  Rig rig;
  constexpr int kTimes = 100;
  Owner owner;
  for (int i = 0; i < kTimes; ++i) {
    Pair pair = MakePair(PairKind::kUnixStream);
    Readiness* watcher = Open(rig, pair.ours, owner);
    REQUIRE_TRUE(watcher != nullptr);
    EXPECT_EQ(watcher->Watch(Readiness::kReadable), 0);
    pair.theirs.Write("x");
    rig.RunTurn();
    EXPECT_EQ(owner.calls, i + 1);
    watcher->Close();
    close(pair.ours);
  }
  EXPECT_EQ(rig.event_loop.open_handle_count(), kOwnHandles + 1);
  EXPECT_EQ(rig.loop.kept_watchers().count(), 1);
}

TEST(NewOwnerIsNotToldBeforeItAsks) {
  Rig rig;
  Owner first;
  Owner second;
  Pair pair = MakePair(PairKind::kUnixStream);
  Readiness* watcher = Open(rig, pair.ours, first);
  watcher->Watch(Readiness::kReadable | Readiness::kWritable);
  watcher->Close();
  watcher = Open(rig, pair.ours, second);
  pair.theirs.Write("x");
  rig.RunTurn();
  EXPECT_EQ(first.calls + second.calls, 0);
  EXPECT_EQ(watcher->Watch(Readiness::kReadable), 0);
  rig.RunTurn();
  EXPECT_EQ(first.calls, 0);
  EXPECT_EQ(second.calls, 1);
  watcher->Close();
  close(pair.ours);
}

// Both sockets are ready in one turn. Whichever is told first closes the other one, and a third
// socket takes that one's number, which has nothing to read.
TEST(EventOfAClosedSocketDoesNotReachTheNextOfItsNumber) {
  struct World {
    struct End {
      World* world;
      int index;
    };
    static void OnReady(void* self, uint8_t) {
      End& end = *static_cast<End*>(self);
      World& world = *end.world;
      ++world.calls;
      if (world.calls > 1) return;
      const int other = 1 - end.index;
      world.watchers[end.index]->Unwatch(Readiness::kReadable);
      world.watchers[other]->Close();
      dup2(world.pairs[2].ours, world.pairs[other].ours);  // closes it, and gives its number away
      int error = 0;
      world.watchers[other] = Readiness::Open(world.rig.loop, world.pairs[other].ours,
                                              &world.newcomer, Owner::OnReady, &error);
      EXPECT_EQ(world.watchers[other]->Watch(Readiness::kReadable), 0);
    }
    Rig rig;
    Pair pairs[3] = {MakePair(PairKind::kUnixStream), MakePair(PairKind::kUnixStream),
                     MakePair(PairKind::kUnixStream)};
    End ends[2] = {{this, 0}, {this, 1}};
    Readiness* watchers[2] = {};
    Owner newcomer;
    int calls = 0;
  };
  World world;
  for (int i = 0; i < 2; ++i) {
    int error = 0;
    world.watchers[i] = Readiness::Open(world.rig.loop, world.pairs[i].ours, &world.ends[i],
                                        World::OnReady, &error);
    world.watchers[i]->Watch(Readiness::kReadable);
    world.pairs[i].theirs.Write("x");
  }
  world.rig.RunTurn();
  world.rig.RunTurn();
  EXPECT_EQ(world.calls, 1);
  EXPECT_EQ(world.newcomer.calls, 0);
  world.pairs[2].theirs.Write("y");
  world.rig.RunTurn();
  EXPECT_EQ(world.newcomer.calls, 1);
  for (Readiness* watcher : world.watchers) watcher->Close();
  for (const Pair& pair : world.pairs) close(pair.ours);
}

TEST(NumberThatSomebodyElseWatchesIsRefused) {
  Rig rig;
  Owner owner;
  Pair pair = MakePair(PairKind::kUnixStream);
  Open(rig, pair.ours, owner)->Close();
  {
    Stranger stranger(rig, pair.ours);
    EXPECT_EQ(stranger.error, 0);
    Readiness* watcher = Open(rig, pair.ours, owner);
    EXPECT_EQ(watcher->Watch(Readiness::kReadable), UV_EEXIST);
    watcher->Close();
    pair.theirs.Write("x");
    rig.RunTurn();
    EXPECT_EQ(stranger.calls, 1);  // it is none the wiser
  }
  close(pair.ours);
}

TEST(WatcherWhoseNumberSomebodyElseWatchesIsFreedLast) {
  Rig rig;
  Owner owner;
  Pair pair = MakePair(PairKind::kUnixStream);
  Pair unclaimed = MakePair(PairKind::kUnixStream);
  Readiness* watchers[] = {Open(rig, pair.ours, owner), Open(rig, unclaimed.ours, owner)};
  for (Readiness* watcher : watchers) watcher->Close();
  close(unclaimed.ours);
  EXPECT_EQ(rig.loop.kept_watchers().count(), 2);
  {
    Stranger stranger(rig, pair.ours);
    rig.loop.kept_watchers().FreeUnclaimed();
    EXPECT_EQ(rig.loop.kept_watchers().count(), 1);
    pair.theirs.Write("x");
    rig.RunTurn();
    EXPECT_EQ(stranger.calls, 1);
  }
  rig.loop.CloseClaimed();
  EXPECT_EQ(rig.loop.kept_watchers().count(), 0);
  rig.RunTurn();
  EXPECT_EQ(rig.event_loop.open_handle_count(), kOwnHandles);
  close(pair.ours);
}

TEST(HighNumbersAreNotKept) {
  Rig rig;
  Owner owner;
  Pair pair = MakePair(PairKind::kUnixStream);
  const int high = fcntl(pair.ours, F_DUPFD, static_cast<int>(KeptWatchers::kNumbers));
  close(pair.ours);
  if (high == -1) SKIP("the limit of open files is lower than the numbers that are kept");
  Open(rig, high, owner)->Close();
  EXPECT_EQ(rig.loop.kept_watchers().count(), 0);
  rig.RunTurn();
  EXPECT_EQ(rig.event_loop.open_handle_count(), kOwnHandles);
  close(high);
}
