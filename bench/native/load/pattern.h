// What connections send: each its own pseudo-random stream, and a way to check what comes back. All
// streams are windows on one table, so a message is sent straight from it, without being made; the
// table's period is a prime, so the messages of a connection differ from each other, and bytes that
// went to the wrong connection or to the wrong place of the right one are found.

#ifndef SAEA_BENCH_LOAD_PATTERN_H_
#define SAEA_BENCH_LOAD_PATTERN_H_

#include <stddef.h>
#include <stdint.h>

// The usual period: prime, and small enough that table and receive buffer stay in the second-level
// cache.
enum { kPatternPeriod = 65521 };

// Prime too: neighbouring connections begin far apart.
static const uint64_t kPatternStride = 8191;

typedef struct Pattern {
  uint8_t* table;
  uint32_t period;
  size_t longest;  // Bytes that may be taken from any position in one go.
  uint64_t check_count;
  uint64_t compared_bytes;
} Pattern;

// Streams repeat after `period` bytes. `longest` is the largest length that PatternAt() and
// PatternCheck() will be used with.
Pattern CreatePattern(uint32_t period, size_t longest);
void FreePattern(Pattern* pattern);

// Where the stream of a connection begins; add the offset in its stream for a later position.
static inline uint64_t PatternStart(uint32_t connection_index) {
  return connection_index * kPatternStride % kPatternPeriod;
}

static inline const uint8_t* PatternAt(const Pattern* pattern, uint64_t position) {
  return pattern->table + position % pattern->period;
}

// Compares bytes that came back: the first and the last of every piece, all of one piece in 32.
// Returns -1 when they are right, else the index of a wrong one.
int64_t PatternCheck(Pattern* pattern, uint64_t position, const uint8_t* bytes, size_t length);

#endif  // SAEA_BENCH_LOAD_PATTERN_H_
