// Mode udp-push: datagrams in one direction, from `--connections` connected sockets, in blocks of
// `--block` datagrams: the server counts the bytes of each sender and answers a whole block with
// one datagram. So no more than `--depth` datagrams per socket ever wait for the server, and none
// has a reason to be lost; one that is, or that was cut short, leaves its last block unanswered,
// which fails the run.
//
// The first byte of a datagram is the number of its socket: the server counts by it, and the answer
// is that byte.

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
  kEventsPerTurn = 64,
  kMostConnections = 256,  // What the first byte can tell apart.
  kMostPerBlock = 1024,
  kMostBytes = 65507,  // Of a datagram over IPv4.
  kTickMs = 50,        // How late, at most, an idle turn notices the end of a phase.
};

typedef struct Connection {
  int fd;
  uint32_t index;
  uint64_t begun_blocks;
  uint64_t done_blocks;
  uint64_t progress_ns;  // When a block was last answered, or begun after none was in flight.
} Connection;

typedef struct Pushes {
  const Options* options;
  Window* window;
  Connection* connections;
  int epoll_fd;
  uint64_t blocks_in_flight;
  struct mmsghdr headers[kMostPerBlock];  // All of them send the one datagram.
  struct iovec span;
  uint8_t* datagram;
} Pushes;

static void SendBlock(Pushes* all, const Connection* connection) {
  const uint32_t count = all->options->block_count;
  all->datagram[0] = (uint8_t)connection->index;
  const int sent = sendmmsg(connection->fd, all->headers, count, 0);
  // On loopback a datagram leaves the sender's buffer as it is sent: there is always room.
  if (sent != (int)count) FailErrno("socket %u: sent %d of %u", connection->index, sent, count);
  WindowCountSentUnits(all->window, count);
}

static void BeginBlocks(Pushes* all, Connection* connection) {
  const uint32_t most = all->options->depth / all->options->block_count;
  while (connection->begun_blocks - connection->done_blocks < most && WindowMaySend(all->window)) {
    if (connection->begun_blocks == connection->done_blocks) connection->progress_ns = NowNs();
    SendBlock(all, connection);
    connection->begun_blocks++;
    all->blocks_in_flight++;
  }
}

static void TakeAnswer(Pushes* all, Connection* connection, const uint8_t* answer, size_t length) {
  if (length != 1 || answer[0] != connection->index) {
    Fail("socket %u: an answer has %zu bytes, or names another socket", connection->index, length);
  }
  if (connection->done_blocks == connection->begun_blocks) {
    Fail("socket %u: a block was answered that was not sent", connection->index);
  }
  connection->done_blocks++;
  connection->progress_ns = NowNs();
  all->blocks_in_flight--;
  WindowCountUnits(all->window, all->options->block_count);
}

static void Receive(Pushes* all, Connection* connection) {
  for (;;) {
    uint8_t answer[2];  // One more than there may be, so that more is noticed.
    const ssize_t received = recv(connection->fd, answer, sizeof(answer), MSG_TRUNC);
    if (received < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) return;
      FailErrno("socket %u: cannot receive", connection->index);
    }
    TakeAnswer(all, connection, answer, (size_t)received);
    // The usual case: one block in flight, and no call to learn that there is nothing more.
    if (connection->done_blocks == connection->begun_blocks) return;
  }
}

static void CheckStalls(const Pushes* all, uint64_t now_ns) {
  const uint64_t timeout_ns = SecondsToNs(all->options->timeout_seconds);
  for (uint32_t i = 0; i < all->options->connection_count; i++) {
    const Connection* connection = &all->connections[i];
    const bool is_idle = connection->begun_blocks == connection->done_blocks;
    if (is_idle || connection->progress_ns + timeout_ns > now_ns) continue;
    Fail("socket %u: %" PRIu64 " blocks were sent and %" PRIu64
         " answered, and no more for %.1f s: datagrams were lost, or cut short",
         i, connection->begun_blocks, connection->done_blocks, all->options->timeout_seconds);
  }
}

static void BeginAll(Pushes* all) {
  for (uint32_t i = 0; i < all->options->connection_count; i++) {
    BeginBlocks(all, &all->connections[i]);
  }
}

static void Exchange(Pushes* all) {
  static struct epoll_event events[kEventsPerTurn];
  BeginAll(all);
  while (all->window->phase != kPhaseDone) {
    const int count = epoll_wait(all->epoll_fd, events, kEventsPerTurn, kTickMs);
    if (count < 0 && errno != EINTR) FailErrno("epoll_wait");
    for (int i = 0; i < count; i++) {
      Receive(all, events[i].data.ptr);
      BeginBlocks(all, events[i].data.ptr);
    }
    const uint64_t now_ns = NowNs();
    if (WindowAdvance(all->window, now_ns, all->blocks_in_flight)) BeginAll(all);
    CheckStalls(all, now_ns);
  }
}

static void Open(Pushes* all) {
  const Options* options = all->options;
  Pattern pattern = CreatePattern(options->period_bytes, options->size_bytes);
  all->datagram = Allocate(1, options->size_bytes);
  memcpy(all->datagram, PatternAt(&pattern, 0), options->size_bytes);
  FreePattern(&pattern);
  all->span = (struct iovec){.iov_base = all->datagram, .iov_len = options->size_bytes};
  for (uint32_t i = 0; i < options->block_count; i++) {
    all->headers[i].msg_hdr = (struct msghdr){.msg_iov = &all->span, .msg_iovlen = 1};
  }
  all->connections = Allocate(options->connection_count, sizeof(Connection));
  all->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  if (all->epoll_fd < 0) FailErrno("epoll_create1");
  for (uint32_t i = 0; i < options->connection_count; i++) {
    Connection* connection = &all->connections[i];
    *connection = (Connection){.fd = ConnectDatagram(options, i), .index = i};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (epoll_ctl(all->epoll_fd, EPOLL_CTL_ADD, connection->fd, &event) != 0) {
      FailErrno("epoll_ctl");
    }
  }
}

// A server that answers more than it was sent is always ahead: what it said too much is still here.
static void Close(const Connection* connection) {
  uint8_t answer;
  if (recv(connection->fd, &answer, sizeof(answer), 0) >= 0) {
    Fail("socket %u: more blocks were answered than were sent", connection->index);
  }
  close(connection->fd);
}

void RunUdpPush(const Options* options, Window* window) {
  if (options->rate_per_second > 0 || options->size_bytes > kMostBytes ||
      options->connection_count > kMostConnections || options->block_count > kMostPerBlock ||
      options->depth % options->block_count != 0) {
    FailUsage(
        "udp-push knows no --rate, a --size of at most %d, at most %d --connections, a --block of "
        "at most %d, and a --depth of whole blocks",
        kMostBytes, kMostConnections, kMostPerBlock);
  }
  Pushes all = {.options = options, .window = window};
  Open(&all);
  WindowStart(window, options, NowNs());
  Exchange(&all);
  for (uint32_t i = 0; i < options->connection_count; i++) Close(&all.connections[i]);
  close(all.epoll_fd);
  free(all.connections);
  free(all.datagram);
}
