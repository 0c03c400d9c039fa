// Latencies in log-linear buckets: 1 µs each up to 256 µs, then 128 buckets per doubling, so that a
// percentile is off by less than one part in 128. Recording is two shifts and an increment; the
// memory is fixed, whatever is recorded. The largest value is kept exactly.

#ifndef SAEA_BENCH_LOAD_HISTOGRAM_H_
#define SAEA_BENCH_LOAD_HISTOGRAM_H_

#include <stdint.h>

enum {
  kHistogramHalfBits = 7,  // 2^7 buckets per doubling.
  kHistogramHalf = 1 << kHistogramHalfBits,
  kHistogramDoublings = 28,  // 2^(8+28) µs, nineteen hours; anything longer counts as that.
  kHistogramBucketCount = 2 * kHistogramHalf + kHistogramDoublings * kHistogramHalf,
};

typedef struct Histogram {
  uint64_t count;
  uint64_t maximum_ns;
  uint64_t buckets[kHistogramBucketCount];
} Histogram;

//   µs         0 … 255   256 … 511   512 … 1023   1024 …
//   bucket     0 … 255   256 … 383   384 …  511    512 …
//   width, µs        1           2            4       8
static inline uint32_t HistogramBucketOf(uint64_t us) {
  if (us < 2 * kHistogramHalf) return (uint32_t)us;
  const uint32_t doubling = (uint32_t)(63 - __builtin_clzll(us)) - kHistogramHalfBits;
  const uint32_t bucket = doubling * kHistogramHalf + (uint32_t)(us >> doubling);
  return bucket < kHistogramBucketCount ? bucket : kHistogramBucketCount - 1;
}

static inline void HistogramRecord(Histogram* histogram, uint64_t ns) {
  histogram->count++;
  if (ns > histogram->maximum_ns) histogram->maximum_ns = ns;
  histogram->buckets[HistogramBucketOf(ns / 1000)]++;
}

// The value that `percentile` of 100 of the recorded ones do not exceed: the upper edge of its
// bucket, and never more than the largest value recorded. 0 when nothing was recorded.
double HistogramPercentileUs(const Histogram* histogram, double percentile);

#endif  // SAEA_BENCH_LOAD_HISTOGRAM_H_
