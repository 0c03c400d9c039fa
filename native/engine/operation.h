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

#include "abi/abi.h"
#include "engine/check.h"
#include "engine/memory_region.h"

namespace saea::engine {

class Operation {
 public:
  enum class State : uint8_t { kFree, kSubmitted, kWaiting, kCompleted };

  Operation() = default;
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;

  // Called once, by the table that holds the operation.
  void Attach(uint32_t slot, abi::Record* record, abi::Address* address) {
    slot_ = slot;
    record_ = record;
    address_ = address;
  }

  uint32_t slot() const { return slot_; }
  State state() const { return state_; }
  abi::Record& record() { return *record_; }
  abi::Address& address() { return *address_; }
  abi::Kind kind() const { return kind_; }

  void Submit() {
    CHECK(state_ == State::kFree);
    CHECK(record_->kind < abi::kKindCount);
    kind_ = static_cast<abi::Kind>(record_->kind);
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
  }

  void Complete() {
    CHECK(state_ == State::kSubmitted || state_ == State::kWaiting);
    state_ = State::kCompleted;
  }

  void Retire() {
    CHECK(state_ == State::kCompleted);
    state_ = State::kFree;
  }

  // Writes the results. The operation is over; FinishNow or Complete follows.
  void SetResult(int32_t socket_error, int32_t native_error, uint32_t result_flags = 0) {
    record_->socket_error = socket_error;
    record_->native_error = native_error;
    record_->bytes_transferred = static_cast<uint32_t>(progress_bytes_);
    record_->result_flags = result_flags;
  }

  BufferSet& buffers() { return buffers_; }

  // Bytes moved so far; becomes BytesTransferred. A list may name the same memory many times, and
  // so be longer than 32 bits can count: all of it is sent, and BytesTransferred goes round, as in
  // .NET.
  uint64_t progress_bytes() const { return progress_bytes_; }
  void AddProgress(uint64_t bytes) { progress_bytes_ += bytes; }

  // Which step a verb with several steps has reached; its meaning is the verb's own.
  uint8_t phase() const { return phase_; }
  void set_phase(uint8_t phase) { phase_ = phase; }

 private:
  friend class OperationQueue;

  // An operation stands in at most one line at a time: a direction's, or that of the completed.
  Operation* next_ = nullptr;
  abi::Record* record_ = nullptr;
  abi::Address* address_ = nullptr;
  BufferSet buffers_;
  uint64_t progress_bytes_ = 0;
  uint32_t slot_ = 0;
  abi::Kind kind_ = abi::Kind::kNone;
  State state_ = State::kFree;
  uint8_t phase_ = 0;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_OPERATION_H_
