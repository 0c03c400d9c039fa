// One operation: the native half of a record, one for the life of a slot. Holds what lib must not
// see (pointers, progress) and owns every change of state; nobody else assigns state.
//
//   Free ── Submit ──► Submitted ── Wait ──► Waiting
//    ▲                  │     │                 │
//    ├── FinishNow ─────┘     └── Complete ──┐  │ Complete
//    │                                       ▼  ▼
//    └────────────── Retire ─────────────── Completed
//
// FinishNow is the synchronous finish (no event); Complete leads to the completion ring; Retire
// comes when the slot is published there. Cancelling is completing with OperationAborted.

#ifndef SAEA_ENGINE_OPERATION_H_
#define SAEA_ENGINE_OPERATION_H_

#include <cstdint>
#include <memory>
#include <utility>

#include "abi/abi.h"
#include "engine/check.h"
#include "engine/memory_region.h"

namespace saea::engine {

// What one kind of operation needs beside its buffers. Belongs to the operation while it runs.
class Attachment {
 public:
  Attachment() = default;
  virtual ~Attachment() = default;
  Attachment(const Attachment&) = delete;
  Attachment& operator=(const Attachment&) = delete;
};

// One cache line: all that a completion touches beside its record.
class alignas(64) Operation {
 public:
  enum class State : uint8_t { kFree, kSubmitted, kWaiting, kCompleted };

  Operation() = default;
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;

  // Called once, by the table that holds the operation.
  void Attach(uint32_t slot, abi::Chunk* chunk) {
    slot_ = slot;
    chunk_ = chunk;
  }

  uint32_t slot() const { return slot_; }
  State state() const { return state_; }
  abi::Record& record() { return chunk_->records[slot_ % abi::kChunkSlots]; }
  abi::Address& address() { return chunk_->addresses[slot_ % abi::kChunkSlots]; }
  abi::PacketInformation& packet_information() {
    return chunk_->packet_informations[slot_ % abi::kChunkSlots];
  }
  abi::Kind kind() const { return static_cast<abi::Kind>(kind_); }

  void Submit() {
    CHECK(state_ == State::kFree);
    CHECK(record().kind < abi::kKindCount);
    kind_ = static_cast<uint8_t>(record().kind);
    progress_bytes_ = 0;
    phase_ = 0;
    state_ = State::kSubmitted;
  }

  void Wait() {
    CHECK(state_ == State::kSubmitted);
    state_ = State::kWaiting;
  }

  void FinishNow() {
    CHECK(state_ == State::kSubmitted);
    state_ = State::kFree;
    attachment_.reset();
  }

  void Complete() {
    CHECK(state_ == State::kSubmitted || state_ == State::kWaiting);
    state_ = State::kCompleted;
    attachment_.reset();
  }

  void Retire() {
    CHECK(state_ == State::kCompleted);
    state_ = State::kFree;
  }

  // The environment goes, and nobody is left to tell.
  void Abandon() { attachment_.reset(); }

  void Attach(std::unique_ptr<Attachment> attachment) {
    CHECK(state_ == State::kFree);
    attachment_ = std::move(attachment);
  }
  Attachment* attachment() { return attachment_.get(); }

  // Writes the results. The operation is over; FinishNow or Complete follows.
  void SetResult(int32_t socket_error, int32_t native_error, uint32_t result_flags = 0) {
    abi::Record& results = record();
    results.socket_error = socket_error;
    results.native_error = native_error;
    results.bytes_transferred = static_cast<uint32_t>(progress_bytes_);
    results.bytes_transferred_high = static_cast<uint32_t>(progress_bytes_ >> 32);
    results.result_flags = result_flags;
  }

  BufferSet& buffers() { return buffers_; }

  // Bytes moved so far; becomes BytesTransferred. Files may be longer than 32 bits can count, and
  // so may a list that names the same memory many times.
  uint64_t progress_bytes() const { return progress_bytes_; }
  void AddProgress(uint64_t bytes) { progress_bytes_ += bytes; }

  // Which step a verb with several steps has reached; its meaning is the verb's own.
  uint8_t phase() const { return phase_; }
  void set_phase(uint8_t phase) { phase_ = phase; }

 private:
  friend class OperationQueue;

  // An operation stands in at most one line at a time: a direction's, or that of the completed.
  Operation* next_ = nullptr;
  abi::Chunk* chunk_ = nullptr;
  BufferSet buffers_;
  std::unique_ptr<Attachment> attachment_;
  uint64_t progress_bytes_ = 0;
  uint32_t slot_ = 0;
  uint8_t kind_ = 0;  // abi::Kind, in one byte
  State state_ = State::kFree;
  uint8_t phase_ = 0;
};
static_assert(sizeof(Operation) == 64, "an operation is one cache line");

}  // namespace saea::engine

#endif  // SAEA_ENGINE_OPERATION_H_
