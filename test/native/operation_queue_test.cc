// The line in which operations wait: order, removal from every place, and one line at a time.

#include "engine/operation_queue.h"

#include <vector>

#include "support/test.h"

namespace {

using saea::engine::Operation;
using saea::engine::OperationQueue;

constexpr uint32_t kCount = 4;

struct Line {
  Line() {
    for (uint32_t i = 0; i < kCount; ++i) operations[i].Attach(i, nullptr);
  }

  void PushAll() {
    for (Operation& operation : operations) queue.Push(operation);
  }

  std::vector<uint32_t> PopAll() {
    std::vector<uint32_t> slots;
    while (!queue.empty()) slots.push_back(queue.Pop().slot());
    return slots;
  }

  Operation operations[kCount];
  OperationQueue queue;
};

}  // namespace

TEST(OperationsLeaveInTheOrderOfTheirArrival) {
  Line line;
  EXPECT_TRUE(line.queue.empty());
  EXPECT_EQ(line.queue.front(), nullptr);
  line.PushAll();
  EXPECT_FALSE(line.queue.empty());
  EXPECT_EQ(line.queue.front(), &line.operations[0]);
  EXPECT_TRUE((line.PopAll() == std::vector<uint32_t>{0, 1, 2, 3}));
  EXPECT_EQ(line.queue.front(), nullptr);
}

TEST(OperationIsRemovedFromAnyPlace) {
  for (uint32_t removed = 0; removed < kCount; ++removed) {
    Line line;
    line.PushAll();
    EXPECT_TRUE(line.queue.Remove(line.operations[removed]));
    EXPECT_FALSE(line.queue.Remove(line.operations[removed]));
    line.queue.Push(line.operations[removed]);  // at the end, whoever was last before
    std::vector<uint32_t> expected;
    for (uint32_t i = 0; i < kCount; ++i) {
      if (i != removed) expected.push_back(i);
    }
    expected.push_back(removed);
    EXPECT_TRUE(line.PopAll() == expected);
  }
}

TEST(RemovingTheOnlyOneLeavesAnEmptyLine) {
  Line line;
  line.queue.Push(line.operations[0]);
  EXPECT_TRUE(line.queue.Remove(line.operations[0]));
  EXPECT_TRUE(line.queue.empty());
  line.PushAll();
  EXPECT_TRUE((line.PopAll() == std::vector<uint32_t>{0, 1, 2, 3}));
}

TEST(OperationOfAnotherLineIsNotRemoved) {
  Line line;
  OperationQueue other;
  line.queue.Push(line.operations[0]);
  other.Push(line.operations[1]);
  EXPECT_FALSE(line.queue.Remove(line.operations[1]));
  EXPECT_FALSE(line.queue.Remove(line.operations[2]));
  EXPECT_EQ(&other.Pop(), &line.operations[1]);
  line.queue.Pop();
}

TEST(PushingTwiceAborts) {
  Line line;
  line.queue.Push(line.operations[0]);
  EXPECT_ABORT(line.queue.Push(line.operations[0]));  // as the last
  line.queue.Push(line.operations[1]);
  EXPECT_ABORT(line.queue.Push(line.operations[0]));  // before others
}

TEST(PopFromAnEmptyLineAborts) {
  OperationQueue queue;
  EXPECT_ABORT(queue.Pop());
}
