// Blocks of pages: aligned, zeroed, there to the last byte, and from the system if they are large.

#include "os/page_block.h"

#include <cstring>
#include <limits>

#include "support/test.h"

namespace {

using saea::os::PageBlock;

constexpr size_t kMost = std::numeric_limits<size_t>::max();

constexpr size_t kLengths[] = {1, PageBlock::kPageBytes, PageBlock::kPageBytes + 1, 1 << 20};

}  // namespace

TEST(PageBlockIsAlignedZeroedAndAllThere) {
  for (const size_t length : kLengths) {
    const PageBlock block(length);
    REQUIRE_TRUE(block.data() != nullptr);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block.data()) % PageBlock::kPageBytes, 0);
    EXPECT_EQ(block.length_bytes(), length);
    EXPECT_EQ(block.data()[0] + block.data()[length - 1], 0);
    std::memset(block.data(), 1, length);  // the address sanitizer looks
  }
}

TEST(PageBlockIsZeroedWhereAnotherWasFreed) {
  for (const size_t length : kLengths) {
    {
      const PageBlock dirty(length);
      std::memset(dirty.data(), 1, length);
    }
    const PageBlock block(length);
    for (size_t i = 0; i < length; ++i) REQUIRE_TRUE(block.data()[i] == 0);
  }
}

TEST(PageBlockThatCannotBeHadIsNull) {
  EXPECT_EQ(PageBlock(kMost).data(), nullptr);
  EXPECT_EQ(PageBlock(kMost - PageBlock::kPageBytes + 1).data(), nullptr);
}
