// The runner itself: an expectation that cannot fail, or a death that goes unseen, would make all
// other native tests worthless.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "support/test.h"

namespace {

enum class Color : uint8_t { kRed = 1 };

struct Opaque {
  uint32_t value;
};

}  // namespace

TEST(ComparisonsAnswerWhetherTheyHold) {
  EXPECT_TRUE(EXPECT_EQ(1 + 1, 2));
  EXPECT_TRUE(EXPECT_NE(1, 2));
  EXPECT_TRUE(EXPECT_LT(1, 2));
  EXPECT_TRUE(EXPECT_LE(2, 2));
  EXPECT_TRUE(EXPECT_GT(2, 1));
  EXPECT_TRUE(EXPECT_GE(2, 2));
  EXPECT_TRUE(EXPECT_FALSE(false));
}

TEST(ValuesAreDescribedAsPeopleWriteThem) {
  EXPECT_EQ(saea::test::Describe(true), "true");
  EXPECT_EQ(saea::test::Describe(uint8_t{65}), "65");
  EXPECT_EQ(saea::test::Describe(Color::kRed), "1");
  EXPECT_EQ(saea::test::Describe(nullptr), "nullptr");
  EXPECT_EQ(saea::test::Describe(std::string("text")), "text");
  EXPECT_EQ(saea::test::Describe(Opaque{7}), "(a value of 4 bytes)");
}

TEST(AbortIsSeenAndAnyOtherEndIsNot) {
  EXPECT_ABORT(std::abort());
  EXPECT_FALSE(saea::test::Aborts([] {}));
  EXPECT_FALSE(saea::test::Aborts([] { std::_Exit(0); }));
}

TEST(ChildOfAnAbortTestChangesNothingHere) {
  int value = 1;
  EXPECT_FALSE(saea::test::Aborts([&] { value = 2; }));
  EXPECT_EQ(value, 1);
}
