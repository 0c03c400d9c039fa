// Modes tcp-fetch and tcp-push: long streams in one direction, in blocks. Fetch sends one byte and
// receives a block; push sends a block and receives one byte. With --depth 2 the next block is
// asked for, or on its way, before the last one is done, so that streams never pause.

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/fail.h"
#include "common/system.h"
#include "load/connect.h"
#include "load/mode.h"
#include "load/pattern.h"

enum {
  kEventsPerTurn = 256,
  kPieceBytes = 256 << 10,  // Of one send or recv.
  kTickMs = 50,
  kMostDepth = 64,
};

static const uint64_t kUnitBytes = 1 << 20;

// Blocks are begun (asked for, or allowed to be sent) and then done; offsets count within a block,
// over all blocks of the connection.
typedef struct Stream {
  int fd;
  uint32_t index;
  bool is_watched_for_room;
  uint64_t begun_blocks;
  uint64_t done_blocks;
  uint64_t moved_bytes;    // Received (fetch) or sent (push).
  uint64_t counted_units;  // MiB of those that were counted.
  uint64_t progress_ns;
} Stream;

typedef struct Streams {
  const Options* options;
  Window* window;
  bool is_push;
  Pattern pattern;
  Stream* streams;
  uint8_t* scratch;
  int epoll_fd;
  uint64_t blocks_in_flight;
} Streams;

static void Watch(const Streams* all, int operation, Stream* stream, uint32_t interest) {
  struct epoll_event event = {.events = interest, .data.ptr = stream};
  if (epoll_ctl(all->epoll_fd, operation, stream->fd, &event) != 0) FailErrno("epoll_ctl");
}

static void CountMoved(Streams* all, Stream* stream, size_t length) {
  stream->moved_bytes += length;
  stream->progress_ns = NowNs();
  const uint64_t units = stream->moved_bytes / kUnitBytes;
  WindowCountUnits(all->window, units - stream->counted_units);
  stream->counted_units = units;
}

static void BeginBlocks(Streams* all, Stream* stream) {
  const Options* options = all->options;
  static const char requests[kMostDepth];
  const uint64_t before = stream->begun_blocks;
  while (stream->begun_blocks - stream->done_blocks < options->depth &&
         WindowMaySend(all->window)) {
    stream->begun_blocks++;
    WindowCountSentUnits(all->window, options->size_bytes / kUnitBytes);
  }
  const size_t count = (size_t)(stream->begun_blocks - before);
  if (count == 0) return;
  all->blocks_in_flight += count;
  stream->progress_ns = NowNs();
  if (all->is_push) {
    stream->is_watched_for_room = true;
    Watch(all, EPOLL_CTL_MOD, stream, EPOLLIN | EPOLLOUT);
  } else if (send(stream->fd, requests, count, MSG_NOSIGNAL) != (ssize_t)count) {
    FailErrno("connection %u: cannot ask for a block", stream->index);
  }
}

static void FinishBlock(Streams* all, Stream* stream) {
  stream->done_blocks++;
  all->blocks_in_flight--;
}

static ssize_t Receive(const Streams* all, const Stream* stream) {
  const ssize_t received = recv(stream->fd, all->scratch, kPieceBytes, 0);
  if (received == 0) {
    Fail("connection %u: closed by the server after %" PRIu64 " bytes", stream->index,
         stream->moved_bytes);
  }
  if (received < 0 && errno != EAGAIN && errno != EINTR) {
    FailErrno("connection %u: cannot receive", stream->index);
  }
  return received;
}

static void Fetch(Streams* all, Stream* stream) {
  const uint64_t size = all->options->size_bytes;
  const ssize_t received = Receive(all, stream);
  if (received <= 0) return;
  if (stream->moved_bytes + (uint64_t)received > stream->begun_blocks * size) {
    Fail("connection %u: more came than was asked for", stream->index);
  }
  // A piece may end one block and begin the next, whose bytes begin anew.
  for (size_t checked = 0; checked < (size_t)received;) {
    const uint64_t offset = stream->moved_bytes % size;
    const uint64_t block_left = size - offset;
    const size_t left = (size_t)received - checked;
    const size_t length = left < block_left ? left : (size_t)block_left;
    if (PatternCheck(&all->pattern, offset, all->scratch + checked, length) >= 0) {
      Fail("connection %u: wrong bytes in the block, at or after %" PRIu64, stream->index, offset);
    }
    CountMoved(all, stream, length);
    checked += length;
    if (length == block_left) FinishBlock(all, stream);
  }
  BeginBlocks(all, stream);
}

static void ReceiveAcknowledgements(Streams* all, Stream* stream) {
  const ssize_t received = Receive(all, stream);
  for (ssize_t i = 0; i < received; i++) FinishBlock(all, stream);
  if (stream->done_blocks * all->options->size_bytes > stream->moved_bytes) {
    Fail("connection %u: a block was acknowledged that was not sent", stream->index);
  }
  BeginBlocks(all, stream);
}

static void Push(Streams* all, Stream* stream) {
  const uint64_t wanted = stream->begun_blocks * all->options->size_bytes;
  const uint64_t left = wanted - stream->moved_bytes;
  if (left == 0) {
    stream->is_watched_for_room = false;
    Watch(all, EPOLL_CTL_MOD, stream, EPOLLIN);
    return;
  }
  const size_t length = left < kPieceBytes ? (size_t)left : kPieceBytes;
  const uint8_t* bytes = PatternAt(&all->pattern, stream->moved_bytes);
  const ssize_t sent = send(stream->fd, bytes, length, MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN && errno != EINTR) {
    FailErrno("connection %u: cannot send", stream->index);
  }
  if (sent > 0) CountMoved(all, stream, (size_t)sent);
}

static void OnReady(Streams* all, Stream* stream, uint32_t events) {
  if ((events & ~(uint32_t)EPOLLOUT) != 0) {
    if (all->is_push) {
      ReceiveAcknowledgements(all, stream);
    } else {
      Fetch(all, stream);
    }
  }
  if ((events & EPOLLOUT) != 0) Push(all, stream);
}

static void CheckStalls(const Streams* all, uint64_t now_ns) {
  const uint64_t timeout_ns = SecondsToNs(all->options->timeout_seconds);
  for (uint32_t i = 0; i < all->options->connection_count; i++) {
    const Stream* stream = &all->streams[i];
    const bool is_idle = stream->begun_blocks == stream->done_blocks;
    if (is_idle || stream->progress_ns + timeout_ns > now_ns) continue;
    Fail("connection %u: nothing moved for %.1f s, after %" PRIu64 " bytes", i,
         all->options->timeout_seconds, stream->moved_bytes);
  }
}

static void BeginAll(Streams* all) {
  for (uint32_t i = 0; i < all->options->connection_count; i++) BeginBlocks(all, &all->streams[i]);
}

static void Exchange(Streams* all) {
  static struct epoll_event events[kEventsPerTurn];
  BeginAll(all);
  while (all->window->phase != kPhaseDone) {
    const int count = epoll_wait(all->epoll_fd, events, kEventsPerTurn, kTickMs);
    if (count < 0 && errno != EINTR) FailErrno("epoll_wait");
    for (int i = 0; i < count; i++) OnReady(all, events[i].data.ptr, events[i].events);
    const uint64_t now_ns = NowNs();
    if (WindowAdvance(all->window, now_ns, all->blocks_in_flight)) BeginAll(all);
    CheckStalls(all, now_ns);
  }
}

static void Run(const Options* options, Window* window, bool is_push) {
  if (options->rate_per_second > 0 || options->depth > kMostDepth ||
      options->size_bytes % kUnitBytes != 0) {
    FailUsage("streams know no --rate, a --depth of at most 64, and blocks of whole MiB");
  }
  Streams all = {.options = options, .window = window, .is_push = is_push};
  all.pattern = CreatePattern(options->period_bytes, kPieceBytes);
  all.streams = Allocate(options->connection_count, sizeof(Stream));
  all.scratch = Allocate(kPieceBytes, 1);
  all.epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  if (all.epoll_fd < 0) FailErrno("epoll_create1");
  for (uint32_t i = 0; i < options->connection_count; i++) {
    all.streams[i] = (Stream){.fd = Connect(options, i), .index = i};
    Watch(&all, EPOLL_CTL_ADD, &all.streams[i], EPOLLIN);
  }
  WindowStart(window, options, NowNs());
  Exchange(&all);
  window->compared_bytes = all.pattern.compared_bytes;
  for (uint32_t i = 0; i < options->connection_count; i++) close(all.streams[i].fd);
  close(all.epoll_fd);
  FreePattern(&all.pattern);
  free(all.streams);
  free(all.scratch);
}

void RunTcpFetch(const Options* options, Window* window) {
  Run(options, window, false);
}

void RunTcpPush(const Options* options, Window* window) {
  Run(options, window, true);
}
