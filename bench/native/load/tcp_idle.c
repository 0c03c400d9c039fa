// Mode tcp-idle: many connections that do nothing, for those who look at the server's memory
// between the marks:
//
//   mark warm      a few connections are open and have exchanged a message: code is compiled, pools
//                  are begun
//   mark idle      --connections more are open and have exchanged nothing
//   mark messaged  each of them has exchanged one message
//
// Its window is the exchange of those messages.

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/fail.h"
#include "common/system.h"
#include "load/connect.h"
#include "load/mode.h"
#include "load/pattern.h"

enum {
  kWarmConnections = 100,
  kExchangesAtOnce = 64,
};

typedef struct Idle {
  const Options* options;
  Pattern pattern;
  uint8_t* scratch;
  int* fds;
  uint32_t open_count;
} Idle;

// Nothing here is timed, so calls may block, for as long as any wait may last.
static void MakeBlocking(const Options* options, int fd) {
  const uint64_t timeout_us = SecondsToNs(options->timeout_seconds) / 1000;
  const struct timeval limit = {.tv_sec = (time_t)(timeout_us / 1000000),
                                .tv_usec = (suseconds_t)(timeout_us % 1000000)};
  if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) != 0 ||
      fcntl(fd, F_SETFL, 0) != 0) {
    FailErrno("cannot make a connection blocking");
  }
}

static void Open(Idle* idle, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const int fd = Connect(idle->options, i);
    MakeBlocking(idle->options, fd);
    idle->fds[idle->open_count++] = fd;
  }
}

static void ReceiveBack(Idle* idle, uint32_t index) {
  const uint32_t size = idle->options->size_bytes;
  const ssize_t received = recv(idle->fds[index], idle->scratch, size, MSG_WAITALL);
  if (received < 0) FailErrno("connection %u: nothing came back", index);
  if (received != (ssize_t)size) Fail("connection %u: closed by the server", index);
  if (PatternCheck(&idle->pattern, PatternStart(index), idle->scratch, size) >= 0) {
    Fail("connection %u: other bytes came back than were sent", index);
  }
}

static void ExchangeEach(Idle* idle, uint32_t first) {
  const uint32_t size = idle->options->size_bytes;
  for (uint32_t begin = first; begin < idle->open_count; begin += kExchangesAtOnce) {
    const uint32_t left = idle->open_count - begin;
    const uint32_t end = begin + (left < kExchangesAtOnce ? left : kExchangesAtOnce);
    for (uint32_t i = begin; i < end; i++) {
      const uint8_t* bytes = PatternAt(&idle->pattern, PatternStart(i));
      if (send(idle->fds[i], bytes, size, MSG_NOSIGNAL) != (ssize_t)size) FailErrno("send");
    }
    for (uint32_t i = begin; i < end; i++) ReceiveBack(idle, i);
  }
}

void RunTcpIdle(const Options* options, Window* window) {
  if (options->size_bytes > kPatternPeriod) FailUsage("tcp-idle: messages of up to 64 KiB");
  Idle idle = {.options = options};
  idle.pattern = CreatePattern(kPatternPeriod, options->size_bytes);
  idle.scratch = Allocate(options->size_bytes, 1);
  idle.fds = Allocate(options->connection_count + kWarmConnections, sizeof(int));
  Open(&idle, kWarmConnections);
  ExchangeEach(&idle, 0);
  Mark(options, "warm");
  Open(&idle, options->connection_count);
  Mark(options, "idle");
  window->options = options;
  window->started_ns = NowNs();
  ExchangeEach(&idle, kWarmConnections);
  window->ended_ns = NowNs();
  window->message_count = options->connection_count;
  Mark(options, "messaged");
  window->compared_bytes = idle.pattern.compared_bytes;
  for (uint32_t i = 0; i < idle.open_count; i++) close(idle.fds[i]);
  FreePattern(&idle.pattern);
  free(idle.fds);
  free(idle.scratch);
}
