// When a receive that filled its buffer is followed by a try, and when by waiting.

#include "socket/more_guess.h"

#include "support/test.h"

namespace {

using saea::socket::MoreGuess;

// Buffers filled before one is worth a try again; that one included.
int FilledUntilNextTry(MoreGuess& guess) {
  int filled = 1;
  while (!guess.IsWorthTrying()) ++filled;
  return filled;
}

void TryInVain(MoreGuess& guess, int count) {
  for (int i = 0; i < count; ++i) {
    EXPECT_TRUE(guess.IsWorthTrying());
    guess.Learn(false);
  }
}

}  // namespace

TEST(TryingIsWorthItAsLongAsThereIsMore) {
  MoreGuess guess;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(guess.IsWorthTrying());
    guess.Learn(true);
  }
}

TEST(OneTryInVainChangesNothing) {
  MoreGuess guess;
  for (int i = 0; i < 1000; ++i) {
    TryInVain(guess, 1);
    EXPECT_TRUE(guess.IsWorthTrying());
    guess.Learn(true);
  }
}

TEST(AfterTwoTriesInVainSixteenBuffersAreWaitedFor) {
  MoreGuess guess;
  TryInVain(guess, 2);
  EXPECT_EQ(FilledUntilNextTry(guess), 17);
  guess.Learn(false);
  EXPECT_EQ(FilledUntilNextTry(guess), 17);
}

TEST(ATryThatFindsMoreEndsTheWaiting) {
  MoreGuess guess;
  TryInVain(guess, 2);
  EXPECT_EQ(FilledUntilNextTry(guess), 17);
  guess.Learn(true);
  TryInVain(guess, 2);
  EXPECT_EQ(FilledUntilNextTry(guess), 17);
}
