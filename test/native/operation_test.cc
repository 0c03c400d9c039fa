// Every transition of an operation, and that every other one aborts.

#include "engine/operation.h"

#include <memory>

#include "support/test.h"

namespace {

using saea::abi::Chunk;
using saea::abi::Kind;
using saea::abi::Record;
using saea::engine::Operation;
using State = saea::engine::Operation::State;

struct Attached {
  Attached() { operation.Attach(7, chunk.get()); }

  // Brings the operation into a state by the transitions that lead there.
  void Reach(State state) {
    if (state == State::kFree) return;
    operation.Submit();
    if (state == State::kWaiting) operation.Wait();
    if (state == State::kCompleted) operation.Complete();
  }

  const std::unique_ptr<Chunk> chunk = std::make_unique<Chunk>();
  Record& record = chunk->records[7];
  Operation operation;
};

constexpr State kStates[] = {State::kFree, State::kSubmitted, State::kWaiting, State::kCompleted};

// The transition leads to `to` from the states in `from`, and aborts from all others.
void ExpectTransition(void (Operation::*transition)(), std::initializer_list<State> from,
                      State to) {
  for (const State state : kStates) {
    Attached attached;
    attached.Reach(state);
    EXPECT_EQ(attached.operation.state(), state);
    bool is_allowed = false;
    for (const State each : from) is_allowed = is_allowed || each == state;
    if (is_allowed) {
      (attached.operation.*transition)();
      EXPECT_EQ(attached.operation.state(), to);
    } else {
      EXPECT_ABORT((attached.operation.*transition)());
    }
  }
}

}  // namespace

TEST(SubmitTakesAFreeOperationOnly) {
  ExpectTransition(&Operation::Submit, {State::kFree}, State::kSubmitted);
}

TEST(WaitTakesASubmittedOperationOnly) {
  ExpectTransition(&Operation::Wait, {State::kSubmitted}, State::kWaiting);
}

TEST(FinishNowTakesASubmittedOperationOnly) {
  ExpectTransition(&Operation::FinishNow, {State::kSubmitted}, State::kFree);
}

TEST(CompleteTakesASubmittedOrWaitingOperation) {
  ExpectTransition(&Operation::Complete, {State::kSubmitted, State::kWaiting}, State::kCompleted);
}

TEST(RetireTakesACompletedOperationOnly) {
  ExpectTransition(&Operation::Retire, {State::kCompleted}, State::kFree);
}

TEST(AttachGivesSlotRecordAndAddress) {
  Attached attached;
  EXPECT_EQ(attached.operation.slot(), 7);
  EXPECT_EQ(&attached.operation.record(), &attached.record);
  EXPECT_EQ(&attached.operation.address(), &attached.chunk->addresses[7]);
}

TEST(SubmitReadsTheKindFromTheRecord) {
  Attached attached;
  attached.record.kind = static_cast<uint32_t>(Kind::kSend);
  attached.operation.Submit();
  EXPECT_EQ(attached.operation.kind(), Kind::kSend);
}

TEST(KindThatDoesNotExistAborts) {
  Attached attached;
  attached.record.kind = saea::abi::kKindCount;
  EXPECT_ABORT(attached.operation.Submit());
}

TEST(SubmitForgetsTheProgressOfTheUseBefore) {
  Attached attached;
  attached.operation.Submit();
  attached.operation.AddProgress(5);
  attached.operation.set_phase(2);
  attached.operation.FinishNow();
  attached.operation.Submit();
  EXPECT_EQ(attached.operation.progress_bytes(), 0);
  EXPECT_EQ(attached.operation.phase(), 0);
}

TEST(ResultHoldsErrorsFlagsAndTheProgressSoFar) {
  Attached attached;
  attached.record.bytes_transferred = 99;
  attached.operation.Submit();
  attached.operation.AddProgress(3);
  attached.operation.AddProgress(4);
  attached.operation.SetResult(10054, 104, 0x100);
  EXPECT_EQ(attached.record.socket_error, 10054);
  EXPECT_EQ(attached.record.native_error, 104);
  EXPECT_EQ(attached.record.bytes_transferred, 7);
  EXPECT_EQ(attached.record.result_flags, 0x100);
  attached.operation.SetResult(0, 0);
  EXPECT_EQ(attached.record.result_flags, 0);
}
