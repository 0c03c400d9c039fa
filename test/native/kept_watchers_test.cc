// Watchers of libuv's outlive their sockets, and nobody can tell: neither the next socket of a
// number nor whoever else has it meanwhile.

#include "engine/uv/kept_watchers.h"

#include <fcntl.h>
#include <unistd.h>

#include "engine/readiness.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::engine::KeptWatchers;
using saea::engine::Loop;
using saea::engine::Readiness;
using saea::test::EventLoop;
using saea::test::MakePair;
using saea::test::Pair;
using saea::test::PairKind;
using saea::test::Rig;

struct Owner : Readiness {
  explicit Owner(Loop& on) : Readiness(OnReady), loop(on) {}
  explicit Owner(Rig& on) : Owner(on.loop) {}
  static void OnReady(Readiness& self, uint8_t) { ++static_cast<Owner&>(self).calls; }

  int Watch(int descriptor, uint8_t events = kReadable) {
    return Readiness::Watch(loop, descriptor, events);
  }
  void Close() { Readiness::Close(loop); }

  Loop& loop;
  int calls = 0;
};

// A watcher of somebody else's, in the same loop.
struct Stranger {
  Stranger(EventLoop& on, int descriptor) : event_loop(on) {
    watcher.data = this;
    error = uv_poll_init_socket(event_loop.uv(), &watcher, descriptor);
    uv_poll_start(&watcher, UV_READABLE, [](uv_poll_t* handle, int, int) {
      ++static_cast<Stranger*>(handle->data)->calls;
    });
  }
  Stranger(const Stranger&) = delete;
  Stranger& operator=(const Stranger&) = delete;
  ~Stranger() {
    uv_close(reinterpret_cast<uv_handle_t*>(&watcher), nullptr);
    event_loop.RunTurn();
  }

  EventLoop& event_loop;
  uv_poll_t watcher = {};
  int error;
  int calls = 0;
};

}  // namespace

TEST(NextSocketOfANumberTakesOverTheWatcherOfTheLast) {
  Rig rig;
  constexpr int kTimes = 100;
  Owner owner(rig);
  for (int i = 0; i < kTimes; ++i) {
    Pair pair = MakePair(PairKind::kUnixStream);
    EXPECT_EQ(owner.Watch(pair.ours), 0);
    pair.theirs.Write("x");
    rig.RunTurn();
    EXPECT_EQ(owner.calls, i + 1);
    owner.Close();
    close(pair.ours);
  }
  EXPECT_EQ(rig.new_handle_count(), 1);
  EXPECT_EQ(rig.loop.poller().kept_count(), 1);
}

TEST(NewOwnerIsNotToldBeforeItAsks) {
  Rig rig;
  Owner first(rig);
  Owner second(rig);
  Pair pair = MakePair(PairKind::kUnixStream);
  first.Watch(pair.ours, Readiness::kReadable | Readiness::kWritable);
  first.Close();
  pair.theirs.Write("x");
  rig.RunTurn();
  EXPECT_EQ(first.calls + second.calls, 0);
  EXPECT_EQ(second.Watch(pair.ours), 0);
  rig.RunTurn();
  EXPECT_EQ(first.calls, 0);
  EXPECT_EQ(second.calls, 1);
  second.Close();
  close(pair.ours);
}

// Both sockets are ready in one turn. Whichever is told first closes the other one, and a third
// socket takes that one's number, which has nothing to read.
TEST(EventOfAClosedSocketDoesNotReachTheNextOfItsNumber) {
  struct World {
    struct End : Readiness {
      End() : Readiness(OnReady), pair(MakePair(PairKind::kUnixStream)) {}
      static void OnReady(Readiness& self, uint8_t) {
        auto& end = static_cast<End&>(self);
        World& world = *end.world;
        ++world.calls;
        if (world.calls > 1) return;
        end.Unwatch(world.rig.loop, kReadable);
        End& other = world.ends[1 - end.index];
        other.Close(world.rig.loop);
        dup2(world.third.ours, other.pair.ours);  // closes it, and gives its number away
        EXPECT_EQ(world.newcomer.Watch(other.pair.ours), 0);
      }
      World* world = nullptr;
      int index = 0;
      Pair pair;
    };
    Rig rig;
    End ends[2];
    Pair third = MakePair(PairKind::kUnixStream);
    Owner newcomer{rig};
    int calls = 0;
  };
  World world;
  for (int i = 0; i < 2; ++i) {
    world.ends[i].world = &world;
    world.ends[i].index = i;
    world.ends[i].Watch(world.rig.loop, world.ends[i].pair.ours, Readiness::kReadable);
    world.ends[i].pair.theirs.Write("x");
  }
  world.rig.RunTurn();
  world.rig.RunTurn();
  EXPECT_EQ(world.calls, 1);
  EXPECT_EQ(world.newcomer.calls, 0);
  world.third.theirs.Write("y");
  world.rig.RunTurn();
  EXPECT_EQ(world.newcomer.calls, 1);
  world.newcomer.Close();
  for (World::End& end : world.ends) {
    end.Close(world.rig.loop);
    close(end.pair.ours);
  }
  close(world.third.ours);
}

TEST(NumberThatSomebodyElseWatchesIsRefused) {
  Rig rig;
  Owner owner(rig);
  Pair pair = MakePair(PairKind::kUnixStream);
  owner.Watch(pair.ours);
  owner.Close();
  {
    Stranger stranger(rig.event_loop, pair.ours);
    EXPECT_EQ(stranger.error, 0);
    EXPECT_EQ(owner.Watch(pair.ours), UV_EEXIST);
    owner.Close();
    pair.theirs.Write("x");
    rig.RunTurn();
    EXPECT_EQ(stranger.calls, 1);  // it is none the wiser
  }
  EXPECT_EQ(owner.Watch(pair.ours), 0);  // a failed attempt leaves nothing behind
  owner.Close();
  close(pair.ours);
}

TEST(WatcherWhoseNumberSomebodyElseWatchesIsFreedLast) {
  EventLoop event_loop;
  saea::abi::Completions completions = {};
  Loop loop(
      event_loop.uv(), completions, [](void*) {}, nullptr);
  Owner owners[] = {Owner(loop), Owner(loop)};
  Pair pair = MakePair(PairKind::kUnixStream);
  Pair unclaimed = MakePair(PairKind::kUnixStream);
  owners[0].Watch(pair.ours);
  owners[1].Watch(unclaimed.ours);
  for (Owner& owner : owners) owner.Close();
  close(unclaimed.ours);
  EXPECT_EQ(loop.poller().kept_count(), 2);
  bool is_closed = false;
  {
    Stranger stranger(event_loop, pair.ours);
    loop.Close([](void* closed) { *static_cast<bool*>(closed) = true; }, &is_closed);
    EXPECT_EQ(loop.poller().kept_count(), 1);
    pair.theirs.Write("x");
    event_loop.RunTurn();
    EXPECT_EQ(stranger.calls, 1);
    EXPECT_FALSE(is_closed);
  }
  loop.CloseClaimed();
  EXPECT_EQ(loop.poller().kept_count(), 0);
  event_loop.RunTurn();
  EXPECT_TRUE(is_closed);
  close(pair.ours);
}

TEST(HighNumbersAreNotKept) {
  Rig rig;
  Owner owner(rig);
  Pair pair = MakePair(PairKind::kUnixStream);
  const int high = fcntl(pair.ours, F_DUPFD, KeptWatchers::kNumbers);
  close(pair.ours);
  if (high == -1) SKIP("the limit of open files is lower than the numbers that are kept");
  owner.Watch(high);
  owner.Close();
  EXPECT_EQ(rig.loop.poller().kept_count(), 0);
  rig.RunTurn();
  EXPECT_EQ(rig.new_handle_count(), 0);
  close(high);
}
