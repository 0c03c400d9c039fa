// os/file_ops: what is in the system's cache, and bringing it there.

#include "os/file_ops.h"

#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <string>

#include "support/temporary_file.h"
#include "support/test.h"

using saea::os::IsFileCached;
using saea::os::ReadFileAhead;
using saea::test::TemporaryFile;

namespace {

constexpr size_t kBlock = 65536;
constexpr size_t kBlocks = 8;

// The bytes that this process has read so far, by any means; 0 where the system does not count.
uint64_t CountBytesRead() {
  std::ifstream counters("/proc/self/io");
  std::string name;
  uint64_t bytes = 0;
  counters >> name >> bytes;
  return bytes;
}

}  // namespace

TEST(PartThatWasReadAheadIsCached) {
  const TemporaryFile file(kBlocks * kBlock);
  if (IsFileCached(file.descriptor(), 0, kBlock)) SKIP("this file system does not tell");
  ReadFileAhead(file.descriptor(), 0, kBlock);
  EXPECT_TRUE(IsFileCached(file.descriptor(), 0, kBlock));
  EXPECT_TRUE(!IsFileCached(file.descriptor(), 0, kBlocks * kBlock));
  ReadFileAhead(file.descriptor(), 0, kBlocks * kBlock);
  EXPECT_TRUE(IsFileCached(file.descriptor(), 0, kBlocks * kBlock));
}

TEST(OnlyBlocksThatAreMissingAreRead) {
  const TemporaryFile file(kBlocks * kBlock);
  if (IsFileCached(file.descriptor(), 0, kBlock)) SKIP("this file system does not tell");
  if (CountBytesRead() == 0) SKIP("this system does not count bytes read");
  ReadFileAhead(file.descriptor(), 0, (kBlocks - 1) * kBlock);
  const uint64_t before = CountBytesRead();
  ReadFileAhead(file.descriptor(), 0, kBlocks * kBlock);
  const uint64_t read = CountBytesRead() - before;
  EXPECT_TRUE(IsFileCached(file.descriptor(), 0, kBlocks * kBlock));
  EXPECT_TRUE(read >= kBlock);
  EXPECT_TRUE(read < 2 * kBlock);
}

TEST(PartsBehindTheEndAreNoHarm) {
  const TemporaryFile file(kBlock + 1);
  ReadFileAhead(file.descriptor(), 0, kBlocks * kBlock);
  ReadFileAhead(file.descriptor(), kBlocks * kBlock, kBlock);
  uint8_t byte;
  EXPECT_EQ(pread(file.descriptor(), &byte, 1, kBlock), 1);
}
