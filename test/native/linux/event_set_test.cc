// The set of descriptors of our own, which is asked and never waits.

#include "os/event_set.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "support/peer.h"
#include "support/test.h"

namespace {

using saea::os::EventSet;
using saea::test::MakePair;
using saea::test::Pair;
using saea::test::PairKind;
using saea::test::Peer;

constexpr uint8_t kBoth = EventSet::kReadable | EventSet::kWritable;

struct Fixture {
  explicit Fixture(PairKind kind = PairKind::kUnixStream) : pair(MakePair(kind)), ours(pair.ours) {}

  // What is told of the one descriptor in the set; none if nothing is.
  uint8_t Take() {
    EventSet::Event events[EventSet::kMost];
    const size_t count = set.Take(events, EventSet::kMost);
    EXPECT_LE(count, 1);
    if (count == 0) return EventSet::kNone;
    EXPECT_EQ(events[0].tag, this);
    return events[0].events;
  }

  EventSet set;
  Pair pair;
  Peer ours;
};

bool IsReadable(int descriptor) {
  pollfd polled = {descriptor, POLLIN, 0};
  return poll(&polled, 1, 0) == 1;
}

}  // namespace

TEST(SetIsReadableWhileAnythingInItIsReady) {
  Fixture test;
  EXPECT_EQ(test.set.Add(test.pair.ours, EventSet::kReadable, &test), 0);
  EXPECT_FALSE(IsReadable(test.set.descriptor()));
  test.pair.theirs.Write("x");
  EXPECT_TRUE(IsReadable(test.set.descriptor()));
  EXPECT_EQ(test.Take(), EventSet::kReadable);
  EXPECT_EQ(test.Take(), EventSet::kReadable);  // as long as it lasts
  test.ours.Read(1);
  EXPECT_EQ(test.Take(), EventSet::kNone);
}

TEST(WhatIsAskedOfADescriptorCanChange) {
  Fixture test;
  test.set.Add(test.pair.ours, EventSet::kReadable, &test);
  EXPECT_EQ(test.Take(), EventSet::kNone);
  EXPECT_EQ(test.set.Change(test.pair.ours, kBoth, &test), 0);
  EXPECT_EQ(test.Take(), EventSet::kWritable);
  test.pair.theirs.Write("x");
  EXPECT_EQ(test.Take(), kBoth);
  test.set.Remove(test.pair.ours);
  EXPECT_EQ(test.Take(), EventSet::kNone);
}

TEST(ErrorIsToldAsFailedWithBothSides) {
  Fixture test(PairKind::kTcp4);
  test.set.Add(test.pair.ours, EventSet::kWritable, &test);
  test.pair.theirs.Reset();
  uint8_t events = EventSet::kWritable;
  while (events == EventSet::kWritable) events = test.Take();  // the reset is on its way
  EXPECT_EQ(events, EventSet::kFailed | kBoth);
}

TEST(HangUpAloneStandsForBothSides) {
  Fixture test;
  test.set.Add(test.pair.ours, EventSet::kNone, &test);
  EXPECT_EQ(test.Take(), EventSet::kNone);
  test.pair.theirs.Close();
  EXPECT_EQ(test.Take(), kBoth);
}

TEST(NoMoreAreTakenThanThereIsRoomForAndAllGetTheirTurn) {
  constexpr size_t kCount = 10;
  constexpr size_t kRoom = 3;
  EventSet set;
  std::vector<Pair> pairs;
  std::vector<Peer> ours;
  for (size_t i = 0; i < kCount; ++i) {
    pairs.push_back(MakePair(PairKind::kUnixStream));
    ours.emplace_back(pairs.back().ours);
    pairs.back().theirs.Write("x");
  }
  std::vector<int> told(kCount);
  for (size_t i = 0; i < kCount; ++i) set.Add(pairs[i].ours, EventSet::kReadable, &told[i]);
  for (size_t round = 0; round < kCount; ++round) {
    EventSet::Event events[kRoom];
    EXPECT_EQ(set.Take(events, kRoom), kRoom);
    for (const EventSet::Event& event : events) ++*static_cast<int*>(event.tag);
  }
  for (const int count : told) EXPECT_EQ(count, kRoom);
}

TEST(WhatCannotBeWatchedIsTheSystemsErrorWithAMinus) {
  Fixture test;
  EXPECT_EQ(test.set.Add(1000000, kBoth, &test), -EBADF);
  EXPECT_EQ(test.set.Change(test.pair.ours, kBoth, &test), -ENOENT);
  test.set.Add(test.pair.ours, kBoth, &test);
  EXPECT_EQ(test.set.Add(test.pair.ours, kBoth, &test), -EEXIST);
}
