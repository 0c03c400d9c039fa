// Mode udp-echo: `--connections` connected datagram sockets, each with `--depth` messages in
// flight. All that has come back is read by one recvmmsg, and answered with as many new messages by
// one sendmmsg, so that the load stays cheaper than the server it measures. A message is its number
// and the bytes of its place in the socket's pattern. A number that was skipped is taken for lost
// until it comes late, as it may from a server of several threads; more than one lost message in a
// thousand is a failure.

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
  kMostPerCall = 64,
  kHeaderBytes = sizeof(uint64_t),
  kMostBytes = 65507,  // Of a datagram over IPv4.
  kMostLostPerMessages = 1000,
};

static const uint64_t kLostAfterNs = 1000000000;  // Nothing has come back for so long.

// Messages [returned, begun) are in flight; message k is the bytes from k times its length on.
typedef struct Connection {
  int fd;
  uint32_t index;
  uint64_t begun_count;
  uint64_t returned_count;  // Lost ones included.
  uint64_t lost_count;      // Without those that came late.
  uint64_t progress_ns;     // When something last came back, or the first was begun.
  uint64_t* begun_ns;       // `depth` entries, used in a circle.
} Connection;

typedef struct Echo {
  const Options* options;
  Window* window;
  Pattern pattern;
  Connection* connections;
  uint64_t* begun_ns;  // Behind every connection's begun_ns.
  int epoll_fd;
  uint64_t in_flight_count;
  uint64_t message_count;
  uint64_t lost_count;
  struct mmsghdr headers[kMostPerCall];
  struct iovec spans[kMostPerCall];
  uint8_t* buffers;  // kMostPerCall messages.
} Echo;

static uint8_t* BufferAt(const Echo* echo, uint32_t index) {
  return echo->buffers + (size_t)index * echo->options->size_bytes;
}

static uint64_t PositionOf(const Echo* echo, const Connection* connection, uint64_t number) {
  return PatternStart(connection->index) + number * (echo->options->size_bytes - kHeaderBytes);
}

static void FillMessage(Echo* echo, const Connection* connection, uint32_t index, uint64_t number) {
  uint8_t* buffer = BufferAt(echo, index);
  memcpy(buffer, &number, kHeaderBytes);
  memcpy(buffer + kHeaderBytes, PatternAt(&echo->pattern, PositionOf(echo, connection, number)),
         echo->options->size_bytes - kHeaderBytes);
}

static void BeginMessages(Echo* echo, Connection* connection, uint64_t now_ns) {
  const uint32_t depth = echo->options->depth;
  while (WindowMaySend(echo->window)) {
    const uint64_t in_flight = connection->begun_count - connection->returned_count;
    uint32_t count = 0;
    while (count < kMostPerCall && in_flight + count < depth && WindowMaySend(echo->window)) {
      const uint64_t number = connection->begun_count + count;
      FillMessage(echo, connection, count, number);
      connection->begun_ns[number % depth] = now_ns;
      count++;
      WindowCountSent(echo->window);
    }
    if (count == 0) return;
    if (in_flight == 0) connection->progress_ns = now_ns;
    const int sent = sendmmsg(connection->fd, echo->headers, count, 0);
    // A socket has room for what it may have in flight, or --depth is too large for this machine.
    if (sent != (int)count) FailErrno("socket %u: sent %d of %u", connection->index, sent, count);
    connection->begun_count += count;
    echo->in_flight_count += count;
  }
}

static void GiveUp(Echo* echo, Connection* connection, uint64_t count) {
  connection->returned_count += count;
  echo->in_flight_count -= count;
  connection->lost_count += count;
  echo->lost_count += count;
  WindowUncountSent(echo->window, count);
}

// A message that was given up has come after all. Its time is known until another takes its entry.
static void TakeLate(Echo* echo, Connection* connection, uint64_t number, uint64_t now_ns) {
  const uint32_t depth = echo->options->depth;
  if (connection->lost_count == 0) {
    Fail("socket %u: message %" PRIu64 " came back twice", connection->index, number);
  }
  connection->lost_count--;
  echo->lost_count--;
  echo->message_count++;
  if (connection->begun_count - number <= depth) {
    WindowRecord(echo->window, now_ns - connection->begun_ns[number % depth]);
  } else {
    WindowCountUnits(echo->window, 1);
  }
}

static void TakeMessage(Echo* echo, Connection* connection, uint32_t index, uint64_t now_ns) {
  const uint8_t* buffer = BufferAt(echo, index);
  const uint32_t size = echo->options->size_bytes;
  if (echo->headers[index].msg_len != size) {
    Fail("socket %u: %u bytes came back, not %u", connection->index, echo->headers[index].msg_len,
         size);
  }
  uint64_t number;
  memcpy(&number, buffer, kHeaderBytes);
  if (number >= connection->begun_count) {
    Fail("socket %u: message %" PRIu64 " came back, and only %" PRIu64 " were sent",
         connection->index, number, connection->begun_count);
  }
  const int64_t wrong = PatternCheck(&echo->pattern, PositionOf(echo, connection, number),
                                     buffer + kHeaderBytes, size - kHeaderBytes);
  if (wrong >= 0) {
    Fail("socket %u: byte %" PRId64 " of message %" PRIu64 " came back wrong", connection->index,
         wrong + kHeaderBytes, number);
  }
  if (number < connection->returned_count) {
    TakeLate(echo, connection, number, now_ns);
    return;
  }
  GiveUp(echo, connection, number - connection->returned_count);
  WindowRecord(echo->window, now_ns - connection->begun_ns[number % echo->options->depth]);
  connection->returned_count++;
  echo->in_flight_count--;
  echo->message_count++;
}

static void Receive(Echo* echo, Connection* connection) {
  for (;;) {
    const int received = recvmmsg(connection->fd, echo->headers, kMostPerCall, 0, NULL);
    if (received < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) return;
      FailErrno("socket %u: cannot receive", connection->index);
    }
    const uint64_t now_ns = NowNs();
    connection->progress_ns = now_ns;
    for (int i = 0; i < received; i++) TakeMessage(echo, connection, (uint32_t)i, now_ns);
    if (received < kMostPerCall) return;
  }
}

// What has not come back in all this time is lost; the next messages take its place.
static void LookForLost(Echo* echo, uint64_t now_ns) {
  for (uint32_t i = 0; i < echo->options->connection_count; i++) {
    Connection* connection = &echo->connections[i];
    const uint64_t in_flight = connection->begun_count - connection->returned_count;
    if (in_flight == 0 || connection->progress_ns + kLostAfterNs > now_ns) continue;
    if (in_flight == echo->options->depth && echo->message_count == 0) continue;  // Not yet up.
    GiveUp(echo, connection, in_flight);
    BeginMessages(echo, connection, now_ns);
  }
  const uint64_t waited_ns = now_ns - echo->connections[0].progress_ns;
  if (echo->message_count == 0 && waited_ns > SecondsToNs(echo->options->timeout_seconds)) {
    Fail("nothing came back for %.1f s", echo->options->timeout_seconds);
  }
}

static void BeginAll(Echo* echo) {
  for (uint32_t i = 0; i < echo->options->connection_count; i++) {
    BeginMessages(echo, &echo->connections[i], NowNs());
  }
}

static void Exchange(Echo* echo) {
  static struct epoll_event events[kEventsPerTurn];
  BeginAll(echo);
  while (echo->window->phase != kPhaseDone) {
    const int count = epoll_wait(echo->epoll_fd, events, kEventsPerTurn, 0);
    if (count < 0 && errno != EINTR) FailErrno("epoll_wait");
    for (int i = 0; i < count; i++) Receive(echo, events[i].data.ptr);
    const uint64_t now_ns = NowNs();
    WindowNoteTurn(echo->window, count == 0, now_ns);
    if (WindowAdvance(echo->window, now_ns, echo->in_flight_count)) BeginAll(echo);
    for (int i = 0; i < count; i++) BeginMessages(echo, events[i].data.ptr, NowNs());
    LookForLost(echo, now_ns);
  }
}

static void Open(Echo* echo) {
  const Options* options = echo->options;
  echo->pattern = CreatePattern(kPatternPeriod, options->size_bytes);
  echo->connections = Allocate(options->connection_count, sizeof(Connection));
  echo->begun_ns = Allocate((size_t)options->connection_count * options->depth, sizeof(uint64_t));
  echo->buffers = Allocate(kMostPerCall, options->size_bytes);
  for (uint32_t i = 0; i < kMostPerCall; i++) {
    echo->spans[i] = (struct iovec){.iov_base = BufferAt(echo, i), .iov_len = options->size_bytes};
    echo->headers[i].msg_hdr = (struct msghdr){.msg_iov = &echo->spans[i], .msg_iovlen = 1};
  }
  echo->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  if (echo->epoll_fd < 0) FailErrno("epoll_create1");
  for (uint32_t i = 0; i < options->connection_count; i++) {
    Connection* connection = &echo->connections[i];
    *connection = (Connection){.fd = ConnectDatagram(options, i),
                               .index = i,
                               .begun_ns = echo->begun_ns + (size_t)i * options->depth};
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.ptr = connection};
    if (epoll_ctl(echo->epoll_fd, EPOLL_CTL_ADD, connection->fd, &event) != 0) {
      FailErrno("epoll_ctl");
    }
  }
}

static void Close(Echo* echo) {
  for (uint32_t i = 0; i < echo->options->connection_count; i++) close(echo->connections[i].fd);
  if (echo->lost_count * kMostLostPerMessages > echo->message_count) {
    Fail("%" PRIu64 " of %" PRIu64 " messages were lost", echo->lost_count,
         echo->message_count + echo->lost_count);
  }
  echo->window->compared_bytes = echo->pattern.compared_bytes;
  close(echo->epoll_fd);
  FreePattern(&echo->pattern);
  free(echo->connections);
  free(echo->begun_ns);
  free(echo->buffers);
}

void RunUdpEcho(const Options* options, Window* window) {
  if (options->size_bytes < kHeaderBytes || options->size_bytes > kMostBytes) {
    FailUsage("udp-echo takes a --size from %d to %d", kHeaderBytes, kMostBytes);
  }
  if (options->rate_per_second > 0) FailUsage("udp-echo does not take --rate");
  Echo echo = {.options = options, .window = window};
  Open(&echo);
  WindowStart(window, options, NowNs());
  Exchange(&echo);
  Close(&echo);
}
