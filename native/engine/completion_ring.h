// Finished operations on their way up to lib, in the order in which they finished. They wait in a
// line of their own, which has no bound and no memory, and are published to the shared ring just
// before JavaScript is called, as many as fit.

#ifndef SAEA_ENGINE_COMPLETION_RING_H_
#define SAEA_ENGINE_COMPLETION_RING_H_

#include "engine/operation_queue.h"

namespace saea::engine {

class CompletionRing {
 public:
  // The shared ring, which must be empty, and must outlive this object.
  explicit CompletionRing(abi::Completions& shared) : shared_(shared), pushed_(shared.tail) {}
  CompletionRing(const CompletionRing&) = delete;
  CompletionRing& operator=(const CompletionRing&) = delete;

  // Takes a finished operation and returns its number in the sequence of all completions.
  uint32_t Push(Operation& operation) {
    operation.Complete();
    finished_.Push(operation);
    return ++pushed_;
  }

  // True once lib has begun to raise the event of the completion with this number. (Numbers grow
  // modulo 2^32, hence the difference.)
  bool is_dispatched(uint32_t sequence) const {
    return static_cast<int32_t>(shared_.head - sequence) >= 0;
  }

  bool empty() const { return finished_.empty() && shared_.head == shared_.tail; }

  // How many are on their way.
  uint32_t count() const { return pushed_ - shared_.head; }

  // The number of the newest completion; publishing up to it ends a turn.
  uint32_t newest() const { return pushed_; }

  // Moves completions into the shared ring, at most up to the one numbered `last` and as many as
  // there is room for. An operation may be submitted again as soon as lib has read its entry.
  void Publish(uint32_t last) {
    while (!finished_.empty() && shared_.tail != last &&
           shared_.tail - shared_.head < abi::kRingEntries) {
      Operation& operation = finished_.Pop();
      operation.Retire();
      shared_.entries[shared_.tail % abi::kRingEntries] = operation.slot();
      ++shared_.tail;
    }
  }

  bool has_published() const { return shared_.head != shared_.tail; }
  uint32_t head() const { return shared_.head; }

 private:
  abi::Completions& shared_;
  OperationQueue finished_;
  uint32_t pushed_;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_COMPLETION_RING_H_
