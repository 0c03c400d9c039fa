// Small things every program of the benchmark asks of the system, each failing with a message:
// room for many descriptors, memory, a socket that does not delay small messages.

#ifndef SAEA_BENCH_COMMON_SYSTEM_H_
#define SAEA_BENCH_COMMON_SYSTEM_H_

#include <stddef.h>

// Thousands of connections need more descriptors than the usual soft limit gives.
void RaiseDescriptorLimit(void);

// Zeroed, never null; the caller frees it.
void* Allocate(size_t count, size_t size_bytes);

void SetNoDelay(int fd);

#endif  // SAEA_BENCH_COMMON_SYSTEM_H_
