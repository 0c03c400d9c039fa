// Reading percentiles out of the log-linear buckets; see histogram.h.

#include "load/histogram.h"

#include <math.h>

static uint64_t UpperEdgeUs(uint32_t bucket) {
  if (bucket < 2 * kHistogramHalf) return (uint64_t)bucket + 1;
  const uint32_t doubling = bucket / kHistogramHalf - 1;
  const uint64_t mantissa = bucket - doubling * kHistogramHalf;
  return (mantissa + 1) << doubling;
}

double HistogramPercentileUs(const Histogram* histogram, double percentile) {
  const double maximum_us = (double)histogram->maximum_ns / 1000;
  const uint64_t rank = (uint64_t)ceil((double)histogram->count * percentile / 100);
  uint64_t seen = 0;
  for (uint32_t bucket = 0; bucket < kHistogramBucketCount; bucket++) {
    seen += histogram->buckets[bucket];
    if (seen >= rank && seen > 0) return fmin((double)UpperEdgeUs(bucket), maximum_us);
  }
  return maximum_us;
}
