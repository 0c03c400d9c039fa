// Pseudo-random streams and their check; see pattern.h.

#include "load/pattern.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/system.h"

enum {
  kEdgeBytes = 64,          // Compared at both ends of every piece.
  kFullCheckInterval = 32,  // A power of two; one piece in so many is compared as a whole.
};

// xorshift64*, from a fixed seed: every run sends the same bytes.
static uint64_t NextRandom(uint64_t* state) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return *state * 0x2545f4914f6cdd1d;
}

Pattern CreatePattern(uint32_t period, size_t longest) {
  Pattern pattern = {.table = Allocate(period + longest, 1), .period = period, .longest = longest};
  uint64_t state = 0x9e3779b97f4a7c15;
  for (uint32_t i = 0; i < period; i++) pattern.table[i] = NextRandom(&state) >> 56;
  // The tail repeats the table, so that no piece has to be put together from its two ends.
  for (size_t i = 0; i < longest; i++) pattern.table[period + i] = pattern.table[i];
  return pattern;
}

void FreePattern(Pattern* pattern) {
  free(pattern->table);
  pattern->table = NULL;
}

static int64_t PatternCheckFully(const uint8_t* expected, const uint8_t* bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (expected[i] != bytes[i]) return (int64_t)i;
  }
  return -1;
}

int64_t PatternCheck(Pattern* pattern, uint64_t position, const uint8_t* bytes, size_t length) {
  const uint8_t* expected = PatternAt(pattern, position);
  const bool is_full = length <= 2 * kEdgeBytes || pattern->check_count++ % kFullCheckInterval == 0;
  const size_t edge = is_full ? length : kEdgeBytes;
  pattern->compared_bytes += is_full ? length : 2 * kEdgeBytes;
  const bool is_equal = memcmp(expected, bytes, edge) == 0 &&
                        memcmp(expected + length - edge, bytes + length - edge, edge) == 0;
  return is_equal ? -1 : PatternCheckFully(expected, bytes, length);
}
