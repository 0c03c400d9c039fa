// Small things asked of the system; see system.h.

#include "common/system.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "common/fail.h"

void RaiseDescriptorLimit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) FailErrno("cannot read the descriptor limit");
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) FailErrno("cannot raise the descriptor limit");
}

void* Allocate(size_t count, size_t size_bytes) {
  void* memory = calloc(count, size_bytes);
  if (memory == NULL) Fail("no memory for %zu times %zu bytes", count, size_bytes);
  return memory;
}

void SetNoDelay(int fd) {
  const int on = 1;
  if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) != 0) {
    FailErrno("cannot set TCP_NODELAY");
  }
}
