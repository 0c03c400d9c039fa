// All operations of one environment, by slot. Grows by whole chunks and never moves one: lib and
// native keep pointers into chunks for as long as the environment lives. Which slots are in use is
// lib's business (lib/internal/slots.ts).

#ifndef SAEA_ENGINE_OPERATION_TABLE_H_
#define SAEA_ENGINE_OPERATION_TABLE_H_

#include <memory>
#include <vector>

#include "engine/operation.h"

namespace saea::engine {

class OperationTable {
 public:
  // The most chunks there can be; with 1,024 slots each, a million event args.
  static constexpr size_t kMaxChunks = 1024;

  // Makes operations for the next kChunkSlots slots over the shared memory given, which must stay
  // good until the table goes. False if the table is full.
  bool AddChunk(abi::Chunk* shared) {
    if (chunks_.size() == kMaxChunks) return false;
    const auto first_slot = static_cast<uint32_t>(chunks_.size()) * abi::kChunkSlots;
    auto operations = std::make_unique<Operation[]>(abi::kChunkSlots);
    for (uint32_t i = 0; i < abi::kChunkSlots; ++i) {
      operations[i].Attach(first_slot + i, shared);
    }
    chunks_.push_back(std::move(operations));
    return true;
  }

  size_t chunk_count() const { return chunks_.size(); }

  Operation& at(uint32_t slot) {
    const uint32_t chunk = slot / abi::kChunkSlots;
    CHECK(chunk < chunks_.size());
    return chunks_[chunk][slot % abi::kChunkSlots];
  }

 private:
  std::vector<std::unique_ptr<Operation[]>> chunks_;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_OPERATION_TABLE_H_
