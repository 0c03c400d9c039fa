// Writes the bytes that sources are to send, so that `load tcp-fetch` can check them: the pattern
// of load/pattern.h from its beginning, on standard output.
//
//   content --size 268435456 > file

#include <stdio.h>
#include <stdlib.h>

#include "common/arguments.h"
#include "common/fail.h"
#include "load/pattern.h"

enum { kBlockBytes = 1 << 20 };

int main(int argc, char** argv) {
  uint64_t size = 1;
  uint32_t period = kPatternPeriod;
  const Argument arguments[] = {
      {"size", kArgumentUint64, &size, 1, (double)(1LL << 40), "bytes to write"},
      {"period", kArgumentUint32, &period, 1, 1 << 24, "bytes after which they repeat (65521)"},
  };
  ParseArguments(argc - 1, argv + 1, "content [options]", arguments,
                 sizeof(arguments) / sizeof(arguments[0]));
  Pattern pattern = CreatePattern(period, kBlockBytes);
  for (uint64_t offset = 0; offset < size; offset += kBlockBytes) {
    const size_t length = size - offset < kBlockBytes ? (size_t)(size - offset) : kBlockBytes;
    if (fwrite(PatternAt(&pattern, offset), 1, length, stdout) != length) FailErrno("write");
  }
  if (fclose(stdout) != 0) FailErrno("write");
  FreePattern(&pattern);
  return EXIT_SUCCESS;
}
