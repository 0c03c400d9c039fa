// The clock of the benchmark's programs: nanoseconds, monotonic, read without a system call where
// the kernel offers that. Never the time of day.

#ifndef SAEA_BENCH_COMMON_CLOCK_H_
#define SAEA_BENCH_COMMON_CLOCK_H_

#include <stdint.h>
#include <time.h>

static const uint64_t kNsPerSecond = 1000000000;

static inline uint64_t TimespecNs(struct timespec time) {
  return (uint64_t)time.tv_sec * kNsPerSecond + (uint64_t)time.tv_nsec;
}

static inline uint64_t NowNs(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return TimespecNs(now);
}

static inline uint64_t SecondsToNs(double seconds) {
  return (uint64_t)(seconds * (double)kNsPerSecond);
}

static inline double NsToSeconds(uint64_t ns) {
  return (double)ns / (double)kNsPerSecond;
}

#endif  // SAEA_BENCH_COMMON_CLOCK_H_
