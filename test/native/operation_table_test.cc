// Slots and the operations behind them.

#include "engine/operation_table.h"

#include <memory>
#include <vector>

#include "support/test.h"

namespace {

using saea::abi::Chunk;
using saea::abi::kChunkSlots;
using saea::engine::Operation;
using saea::engine::OperationTable;

}  // namespace

TEST(SlotsOfAChunkLeadToItsRecords) {
  const auto chunk = std::make_unique<Chunk>();
  OperationTable table;
  EXPECT_TRUE(table.AddChunk(chunk.get()));
  for (const uint32_t slot : {0U, 1U, kChunkSlots - 1}) {
    EXPECT_EQ(table.at(slot).slot(), slot);
    EXPECT_EQ(&table.at(slot).record(), &chunk->records[slot]);
    EXPECT_EQ(&table.at(slot).address(), &chunk->addresses[slot]);
  }
}

TEST(OperationsStayWhereTheyAreWhenTheTableGrows) {
  std::vector<std::unique_ptr<Chunk>> chunks;
  OperationTable table;
  chunks.push_back(std::make_unique<Chunk>());
  table.AddChunk(chunks.back().get());
  Operation* const first = &table.at(0);
  for (int i = 0; i < 20; ++i) {
    chunks.push_back(std::make_unique<Chunk>());
    EXPECT_TRUE(table.AddChunk(chunks.back().get()));
  }
  EXPECT_EQ(&table.at(0), first);
  EXPECT_EQ(table.chunk_count(), chunks.size());
  const uint32_t last = 21 * kChunkSlots - 1;
  EXPECT_EQ(table.at(last).slot(), last);
  EXPECT_EQ(&table.at(last).record(), &chunks.back()->records[kChunkSlots - 1]);
}

TEST(SlotBeyondTheTableAborts) {
  OperationTable table;
  EXPECT_ABORT(table.at(0));
  const auto chunk = std::make_unique<Chunk>();
  table.AddChunk(chunk.get());
  EXPECT_ABORT(table.at(kChunkSlots));
  EXPECT_ABORT(table.at(UINT32_MAX));
}

TEST(FullTableTakesNoMoreChunks) {
  const auto chunk = std::make_unique<Chunk>();
  OperationTable table;
  while (table.chunk_count() < OperationTable::kMaxChunks) {
    if (!EXPECT_TRUE(table.AddChunk(chunk.get()))) return;
  }
  EXPECT_FALSE(table.AddChunk(chunk.get()));
  EXPECT_EQ(table.chunk_count(), OperationTable::kMaxChunks);
}
