// A call after a time, unless closed before.

#include "engine/deadline.h"

#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::engine::Deadline;
using saea::test::Rig;

constexpr uint32_t kTimeMs = 30;

void Count(void* count) {
  ++*static_cast<int*>(count);
}

}  // namespace

TEST(DeadlineCallsOnceWhenItsTimeHasCome) {
  Rig rig;
  int calls = 0;
  Deadline* deadline = Deadline::Start(rig.loop, kTimeMs, &calls, Count);
  rig.RunTurn();
  EXPECT_EQ(calls, 0);
  rig.event_loop.PassTime(kTimeMs + 1);
  rig.RunTurn();
  EXPECT_EQ(calls, 1);
  rig.event_loop.PassTime(2 * kTimeMs);
  rig.RunTurn();
  EXPECT_EQ(calls, 1);
  deadline->Close();
}

TEST(DeadlineThatWasClosedDoesNotCall) {
  Rig rig;
  int calls = 0;
  Deadline::Start(rig.loop, kTimeMs, &calls, Count)->Close();
  rig.event_loop.PassTime(kTimeMs + 1);
  rig.RunTurn();
  EXPECT_EQ(calls, 0);
  EXPECT_EQ(rig.new_handle_count(), 0);  // this one is freed
}

TEST(DeadlineKeepsTheProcessAliveUntilItIsClosed) {
  Rig rig;
  int calls = 0;
  Deadline* deadline = Deadline::Start(rig.loop, kTimeMs, &calls, Count);
  EXPECT_TRUE(rig.event_loop.is_alive());
  deadline->Close();
  rig.RunTurn();
  EXPECT_FALSE(rig.event_loop.is_alive());
}

TEST(DeadlineCountsFromNowHoweverLongTheTurnHasTaken) {
  Rig rig;
  int calls = 0;
  rig.event_loop.PassTime(10 * kTimeMs);  // the loop has not looked at the clock since
  Deadline* deadline = Deadline::Start(rig.loop, 5 * kTimeMs, &calls, Count);
  rig.RunTurn();
  EXPECT_EQ(calls, 0);
  deadline->Close();
}
