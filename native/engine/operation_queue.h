// A first-in first-out line threaded through the operations themselves: it never allocates, and an
// operation can stand in one line only. The line is a ring that knows its last, so an empty one is
// eight bytes: every socket has two.

#ifndef SAEA_ENGINE_OPERATION_QUEUE_H_
#define SAEA_ENGINE_OPERATION_QUEUE_H_

#include "engine/operation.h"

namespace saea::engine {

class OperationQueue {
 public:
  OperationQueue() = default;
  OperationQueue(const OperationQueue&) = delete;
  OperationQueue& operator=(const OperationQueue&) = delete;

  bool empty() const { return last_ == nullptr; }
  Operation* front() const { return last_ == nullptr ? nullptr : last_->next_; }

  // The one behind one that stands in this line; null for the last.
  Operation* Behind(const Operation& operation) const {
    return &operation == last_ ? nullptr : operation.next_;
  }

  void Push(Operation& operation) {
    CHECK(operation.next_ == nullptr);
    if (last_ == nullptr) {
      operation.next_ = &operation;
    } else {
      operation.next_ = last_->next_;
      last_->next_ = &operation;
    }
    last_ = &operation;
  }

  Operation& Pop() {
    CHECK(last_ != nullptr);
    return TakeBehind(*last_);
  }

  // Takes one operation out of the middle; false if it does not stand in this line.
  bool Remove(Operation& operation) {
    if (last_ == nullptr) return false;
    Operation* before = last_;
    do {
      if (before->next_ == &operation) {
        TakeBehind(*before);
        return true;
      }
      before = before->next_;
    } while (before != last_);
    return false;
  }

 private:
  // In a line of one, that one is behind itself.
  Operation& TakeBehind(Operation& before) {
    Operation& taken = *before.next_;
    before.next_ = taken.next_;
    if (&taken == last_) last_ = &taken == &before ? nullptr : &before;
    taken.next_ = nullptr;
    return taken;
  }

  Operation* last_ = nullptr;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_OPERATION_QUEUE_H_
