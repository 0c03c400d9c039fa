// What the command line of `load` can say, for every mode. A mode reads the fields it understands
// and refuses in its own file what makes no sense to it.

#ifndef SAEA_BENCH_LOAD_OPTIONS_H_
#define SAEA_BENCH_LOAD_OPTIONS_H_

#include <stdbool.h>
#include <stdint.h>

typedef struct Options {
  const char* mode;
  uint32_t port;
  uint32_t connection_count;
  uint32_t size_bytes;    // Of one message, or of one block of a stream.
  uint32_t period_bytes;  // After which what a source sends repeats.
  uint32_t depth;         // Messages, or blocks, in flight per connection.
  uint32_t block_count;   // Datagrams that are answered together.
  double warmup_seconds;
  double measured_seconds;
  uint64_t message_limit;  // When not 0, the window is so many messages instead of seconds.
  double rate_per_second;  // When not 0, messages are sent by the clock, over all connections.
  double timeout_seconds;  // How long any one wait may last.
  uint32_t server_pid;     // 0: somebody else's server, whose CPU time cannot be read.
  bool has_marks;
} Options;

// Reads argv[1] as the mode and the rest as options; ends the program when they make no sense.
Options ReadOptions(int argc, char** argv);

#endif  // SAEA_BENCH_LOAD_OPTIONS_H_
