// Completions go up in order, none is lost when there are more than the ring holds, and the
// counters may pass 2^32.

#include "engine/completion_ring.h"

#include <memory>
#include <vector>

#include "engine/operation_table.h"
#include "support/test.h"

namespace {

using saea::abi::Chunk;
using saea::abi::Completions;
using saea::abi::kChunkSlots;
using saea::abi::kRingEntries;
using saea::engine::CompletionRing;
using saea::engine::OperationTable;
using State = saea::engine::Operation::State;

struct Fixture {
  explicit Fixture(uint32_t count = kChunkSlots, uint32_t begin = 0) : shared{begin, begin, 0, {}} {
    while (chunks.size() * kChunkSlots < count) {
      chunks.push_back(std::make_unique<Chunk>());
      operations.AddChunk(chunks.back().get());
    }
  }

  uint32_t Push(uint32_t slot) {
    operations.at(slot).Submit();
    return ring.Push(operations.at(slot));
  }

  // As lib does it.
  std::vector<uint32_t> ReadAll() {
    std::vector<uint32_t> slots;
    while (shared.head != shared.tail) {
      slots.push_back(shared.entries[shared.head % kRingEntries]);
      ++shared.head;
    }
    return slots;
  }

  std::vector<std::unique_ptr<Chunk>> chunks;
  OperationTable operations;
  Completions shared;
  CompletionRing ring{shared};
};

// Pushes so many, publishes and reads until all are through, and expects them in order.
void ExpectAllInOrder(Fixture& fixture, uint32_t count) {
  for (uint32_t slot = 0; slot < count; ++slot) fixture.Push(slot);
  const uint32_t last = fixture.ring.newest();
  uint32_t seen = 0;
  for (fixture.ring.Publish(last); fixture.ring.has_published(); fixture.ring.Publish(last)) {
    EXPECT_LE(fixture.shared.tail - fixture.shared.head, kRingEntries);
    for (const uint32_t slot : fixture.ReadAll()) {
      if (!EXPECT_EQ(slot, seen++)) return;
    }
  }
  EXPECT_EQ(seen, count);
  EXPECT_TRUE(fixture.ring.empty());
}

}  // namespace

TEST(CompletionsArePublishedInTheirOrder) {
  Fixture fixture;
  for (const uint32_t slot : {5U, 3U, 9U}) fixture.Push(slot);
  EXPECT_FALSE(fixture.ring.has_published());
  EXPECT_FALSE(fixture.ring.empty());
  fixture.ring.Publish(fixture.ring.newest());
  EXPECT_TRUE(fixture.ring.has_published());
  EXPECT_TRUE((fixture.ReadAll() == std::vector<uint32_t>{5, 3, 9}));
  EXPECT_TRUE(fixture.ring.empty());
}

TEST(PublishingStopsAtTheNumberGiven) {
  Fixture fixture;
  fixture.Push(0);
  const uint32_t last = fixture.Push(1);
  fixture.Push(2);
  fixture.ring.Publish(last);
  EXPECT_TRUE((fixture.ReadAll() == std::vector<uint32_t>{0, 1}));
  fixture.ring.Publish(last);
  EXPECT_FALSE(fixture.ring.has_published());
  EXPECT_FALSE(fixture.ring.empty());
  fixture.ring.Publish(fixture.ring.newest());
  EXPECT_TRUE((fixture.ReadAll() == std::vector<uint32_t>{2}));
}

TEST(OperationIsCompletedWhenPushedAndFreeWhenPublished) {
  Fixture fixture;
  fixture.Push(0);
  EXPECT_EQ(fixture.operations.at(0).state(), State::kCompleted);
  fixture.ring.Publish(fixture.ring.newest());
  EXPECT_EQ(fixture.operations.at(0).state(), State::kFree);
}

TEST(DispatchedIsWhatLibHasRead) {
  Fixture fixture;
  EXPECT_TRUE(fixture.ring.is_dispatched(0));  // what never completed anything waits for nothing
  const uint32_t first = fixture.Push(0);
  const uint32_t second = fixture.Push(1);
  fixture.ring.Publish(second);
  EXPECT_FALSE(fixture.ring.is_dispatched(first));
  ++fixture.shared.head;
  EXPECT_TRUE(fixture.ring.is_dispatched(first));
  EXPECT_FALSE(fixture.ring.is_dispatched(second));
  ++fixture.shared.head;
  EXPECT_TRUE(fixture.ring.is_dispatched(second));
}

TEST(MoreCompletionsThanTheRingHoldsWaitTheirTurn) {
  constexpr uint32_t kMany = 2 * kRingEntries + 1;
  Fixture fixture(kMany);
  ExpectAllInOrder(fixture, kMany);
}

TEST(FullRingIsFilledAsFarAsLibHasRead) {
  constexpr uint32_t kMany = kRingEntries + 10;
  Fixture fixture(kMany);
  for (uint32_t slot = 0; slot < kMany; ++slot) fixture.Push(slot);
  fixture.ring.Publish(fixture.ring.newest());
  EXPECT_EQ(fixture.shared.tail, kRingEntries);
  fixture.ring.Publish(fixture.ring.newest());
  EXPECT_EQ(fixture.shared.tail, kRingEntries);
  fixture.shared.head += 3;
  fixture.ring.Publish(fixture.ring.newest());
  EXPECT_EQ(fixture.shared.tail, kRingEntries + 3);
}

TEST(CountersPassTwoToTheThirtyTwo) {
  for (const uint32_t before : {0U, 1U, 100U, kRingEntries - 1, kRingEntries}) {
    constexpr uint32_t kMany = kRingEntries + kChunkSlots;
    Fixture fixture(kMany, 0 - before);
    ExpectAllInOrder(fixture, kMany);
    EXPECT_EQ(fixture.shared.tail, kMany - before);
  }
}

TEST(DispatchedIsToldAcrossTwoToTheThirtyTwo) {
  Fixture fixture(kChunkSlots, UINT32_MAX);
  const uint32_t last_before = fixture.Push(0);
  const uint32_t first_after = fixture.Push(1);
  EXPECT_EQ(last_before, 0);
  EXPECT_EQ(first_after, 1);
  fixture.ring.Publish(first_after);
  EXPECT_FALSE(fixture.ring.is_dispatched(last_before));
  ++fixture.shared.head;
  EXPECT_TRUE(fixture.ring.is_dispatched(last_before));
  EXPECT_FALSE(fixture.ring.is_dispatched(first_after));
}

TEST(OperationInTheRingCannotBePushedAgain) {
  Fixture fixture;
  fixture.Push(0);
  EXPECT_ABORT(fixture.ring.Push(fixture.operations.at(0)));
}
