// Where an offset becomes a pointer: bounds, references, lists, attachment.

#include "engine/memory_region.h"

#include <cstring>
#include <limits>

#include "support/test.h"

namespace {

using saea::engine::BufferSet;
using saea::engine::MemoryRegion;

constexpr size_t kLength = 100;
constexpr size_t kMost = std::numeric_limits<size_t>::max();

// A region over an array, that tells whether it is still referenced.
struct Region {
  explicit Region(size_t length_bytes = kLength) : region(bytes, length_bytes, kOwner, this) {}

  static bool IsAttached(const MemoryRegion& region) {
    return static_cast<Region*>(region.context())->is_attached;
  }
  static void OnUnreferenced(MemoryRegion& region) {
    ++static_cast<Region*>(region.context())->freed;
  }
  static constexpr MemoryRegion::Owner kOwner = {IsAttached, OnUnreferenced};

  uint8_t bytes[kLength] = {};
  bool is_attached = true;
  int freed = 0;
  MemoryRegion region;
};

}  // namespace

TEST(SegmentInsideTheRegionIsTaken) {
  Region region;
  BufferSet buffers;
  EXPECT_TRUE(buffers.SetSingle(region.region, 10, 20));
  EXPECT_EQ(buffers.single().data, region.bytes + 10);
  EXPECT_EQ(buffers.single().length_bytes, 20);
  EXPECT_FALSE(buffers.is_list());
  EXPECT_TRUE(buffers.SetSingle(region.region, 0, kLength));
  EXPECT_TRUE(buffers.SetSingle(region.region, kLength, 0));
  EXPECT_EQ(buffers.single().length_bytes, 0);
}

TEST(SegmentThatLeavesTheRegionIsRefused) {
  Region region;
  BufferSet buffers;
  EXPECT_TRUE(buffers.SetSingle(region.region, 10, 20));
  const struct {
    size_t offset;
    size_t length;
  } bad[] = {{0, kLength + 1}, {kLength, 1}, {kLength + 1, 0},         {1, kLength},
             {1, kMost},       {kMost, 1},   {kMost, kMost},           {kMost - 10, 20},
             {0, kMost},       {kMost, 0},   {kLength - 1, kMost - 1}, {50, 51}};
  for (const auto& each : bad) {
    EXPECT_FALSE(buffers.SetSingle(region.region, each.offset, each.length));
    EXPECT_EQ(buffers.single().data, region.bytes + 10);  // what was set stays
  }
  region.region.Unref();
  EXPECT_EQ(region.freed, 0);
  buffers.Clear();
  EXPECT_EQ(region.freed, 1);  // no reference was taken by those that failed
}

TEST(LengthBeyondThirtyTwoBitsIsCut) {
  if (sizeof(size_t) <= sizeof(uint32_t)) SKIP("memory is not that large here");
  const size_t huge = static_cast<size_t>(std::numeric_limits<uint32_t>::max()) + kLength;
  Region region(huge);  // never touched
  BufferSet buffers;
  EXPECT_TRUE(buffers.SetSingle(region.region, 0, huge));
  EXPECT_EQ(buffers.single().length_bytes, std::numeric_limits<uint32_t>::max());
  EXPECT_TRUE(buffers.SetSingle(region.region, huge - 10, 10));
  EXPECT_EQ(buffers.single().data, region.bytes + (huge - 10));
}

TEST(RegionLivesAsLongAsItsLastReference) {
  Region region;
  {
    BufferSet first;
    BufferSet second;
    first.SetSingle(region.region, 0, 1);
    second.SetSingle(region.region, 0, 1);
    region.region.Unref();  // the ArrayBuffer's
    first.Clear();
    first.Clear();
    EXPECT_EQ(region.freed, 0);
  }
  EXPECT_EQ(region.freed, 1);
  EXPECT_ABORT(region.region.Unref());
}

TEST(ReplacingASegmentByOneOfTheSameRegionKeepsTheRegion) {
  Region region;
  BufferSet buffers;
  buffers.SetSingle(region.region, 0, 1);
  region.region.Unref();
  EXPECT_TRUE(buffers.SetSingle(region.region, 5, 1));
  EXPECT_EQ(region.freed, 0);
  buffers.Clear();
  EXPECT_EQ(region.freed, 1);
}

TEST(ListHoldsItsSegmentsInOrder) {
  Region first;
  Region second;
  BufferSet buffers;
  buffers.SetSingle(first.region, 0, 1);
  buffers.BeginList(3);
  EXPECT_TRUE(buffers.SetSegment(0, first.region, 0, 10));
  EXPECT_TRUE(buffers.SetSegment(1, second.region, 20, 30));
  EXPECT_TRUE(buffers.SetSegment(2, first.region, 90, 10));
  EXPECT_TRUE(buffers.is_list());
  EXPECT_EQ(buffers.list_count(), 3);
  EXPECT_EQ(buffers.list()[1].data, second.bytes + 20);
  EXPECT_EQ(buffers.list()[1].length_bytes, 30);
  EXPECT_EQ(buffers.single().region, nullptr);
  first.region.Unref();
  second.region.Unref();
  EXPECT_EQ(first.freed + second.freed, 0);
  buffers.Clear();
  EXPECT_EQ(first.freed, 1);
  EXPECT_EQ(second.freed, 1);
  EXPECT_FALSE(buffers.is_list());
}

TEST(ListChecksEverySegment) {
  Region region;
  BufferSet buffers;
  buffers.BeginList(2);
  EXPECT_FALSE(buffers.SetSegment(0, region.region, kLength, 1));
  EXPECT_FALSE(buffers.SetSegment(0, region.region, 1, kMost));
  EXPECT_TRUE(buffers.SetSegment(0, region.region, 0, kLength));
  EXPECT_ABORT(buffers.SetSegment(0, region.region, 0, 1));  // twice
  EXPECT_ABORT(buffers.SetSegment(2, region.region, 0, 1));  // beyond the list
  // The second segment was never set: clearing must pass over it.
  buffers.Clear();
  EXPECT_ABORT(buffers.SetSegment(0, region.region, 0, 1));  // no list
}

TEST(ListMayBeEmptyAndMayBeReplaced) {
  Region region;
  BufferSet buffers;
  buffers.BeginList(0);
  EXPECT_TRUE(buffers.is_list());
  EXPECT_EQ(buffers.list_count(), 0);
  EXPECT_TRUE(buffers.is_attached());
  buffers.BeginList(1);
  buffers.SetSegment(0, region.region, 0, 1);
  region.region.Unref();
  EXPECT_TRUE(buffers.SetSingle(region.region, 0, 1));
  EXPECT_FALSE(buffers.is_list());
  EXPECT_EQ(region.freed, 0);
  buffers.BeginList(1);
  EXPECT_EQ(region.freed, 1);
}

TEST(SetIsAttachedWhileAllItsRegionsAre) {
  Region first;
  Region second;
  BufferSet buffers;
  EXPECT_TRUE(buffers.is_attached());  // there is nothing to take away
  buffers.SetSingle(first.region, 0, 1);
  EXPECT_TRUE(buffers.is_attached());
  first.is_attached = false;
  EXPECT_FALSE(buffers.is_attached());
  buffers.BeginList(2);
  buffers.SetSegment(1, second.region, 0, 1);
  EXPECT_TRUE(buffers.is_attached());
  second.is_attached = false;
  EXPECT_FALSE(buffers.is_attached());
}

TEST(RegionWithoutTheQuestionIsAlwaysAttached) {
  static constexpr MemoryRegion::Owner kNeverAsked = {nullptr, Region::OnUnreferenced};
  Region region;
  const MemoryRegion slab(region.bytes, kLength, kNeverAsked, &region);
  EXPECT_TRUE(slab.is_attached());
}
