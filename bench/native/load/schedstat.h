// What a server process has cost so far, by the scheduler's own accounting, and what it cost
// between two moments. Reads /proc only; the server is not stopped, signalled or traced.

#ifndef SAEA_BENCH_LOAD_SCHEDSTAT_H_
#define SAEA_BENCH_LOAD_SCHEDSTAT_H_

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct ThreadTime {
  uint32_t thread_id;
  uint64_t cpu_ns;   // On a core.
  uint64_t wait_ns;  // Ready to run, but the core was somebody else's.
} ThreadTime;

// One reading. `threads` belongs to it; FreeServerTime() releases it.
typedef struct ServerTime {
  uint64_t process_cpu_ns;
  size_t thread_count;
  ThreadTime* threads;
} ServerTime;

typedef struct ServerCost {
  uint64_t cpu_ns;               // All threads, those that came or went in between included.
  uint64_t main_thread_cpu_ns;   // The rest is helpers: garbage collection, compilation.
  uint64_t main_thread_wait_ns;  // For helpers on the same core, or for strangers: a disturbed run.
  uint32_t threads_started;
  uint32_t threads_ended;
} ServerCost;

typedef struct ServerMemory {
  uint64_t resident_bytes;
  uint64_t peak_resident_bytes;
} ServerMemory;

// Both end the program when the process is gone: a server that died was not measured.
ServerTime ReadServerTime(pid_t pid);
ServerMemory ReadServerMemory(pid_t pid);

void FreeServerTime(ServerTime* time);
ServerCost ServerCostBetween(pid_t pid, const ServerTime* start, const ServerTime* end);

#endif  // SAEA_BENCH_LOAD_SCHEDSTAT_H_
