// A first-in first-out line threaded through the operations themselves: it never allocates, and an
// operation can stand in one line only.

#ifndef SAEA_ENGINE_OPERATION_QUEUE_H_
#define SAEA_ENGINE_OPERATION_QUEUE_H_

#include "engine/operation.h"

namespace saea::engine {

class OperationQueue {
 public:
  OperationQueue() = default;
  OperationQueue(const OperationQueue&) = delete;
  OperationQueue& operator=(const OperationQueue&) = delete;

  bool empty() const { return first_ == nullptr; }
  Operation* front() const { return first_; }

  // The one behind; null for the last.
  static Operation* Behind(const Operation& operation) { return operation.next_; }

  void Push(Operation& operation) {
    CHECK(operation.next_ == nullptr && last_ != &operation);
    if (last_ == nullptr) {
      first_ = &operation;
    } else {
      last_->next_ = &operation;
    }
    last_ = &operation;
  }

  Operation& Pop() {
    CHECK(first_ != nullptr);
    Operation& operation = *first_;
    first_ = operation.next_;
    if (first_ == nullptr) last_ = nullptr;
    operation.next_ = nullptr;
    return operation;
  }

  // Takes one operation out of the middle; false if it does not stand in this line.
  bool Remove(Operation& operation) {
    Operation* previous = nullptr;
    for (Operation* at = first_; at != nullptr; previous = at, at = at->next_) {
      if (at != &operation) continue;
      (previous == nullptr ? first_ : previous->next_) = at->next_;
      if (last_ == at) last_ = previous;
      at->next_ = nullptr;
      return true;
    }
    return false;
  }

 private:
  Operation* first_ = nullptr;
  Operation* last_ = nullptr;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_OPERATION_QUEUE_H_
