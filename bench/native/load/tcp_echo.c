// Mode tcp-echo: long-lived connections, each with `depth` messages in flight; a reply sends the
// next message (or, with --rate, the clock does). Edge-triggered epoll, registered once: one recv
// and one send per message and no call that is known to fail, so that the load stays cheaper than
// the server it measures.

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/fail.h"
#include "common/system.h"
#include "load/connect.h"
#include "load/mode.h"
#include "load/pacer.h"
#include "load/pattern.h"

enum {
  kEventsPerTurn = 1024,
  kScratchBytes = 256 << 10,
};

static const uint64_t kStallCheckIntervalNs = 100000000;

// What one connection may have in flight, which is also what the pattern keeps contiguous.
static const uint64_t kMostBytesInFlight = 64 << 20;

// Offsets are positions in the connection's stream: [received, sent) is on its way, [sent, wanted)
// waits for room in the socket. Message k is the bytes from k times the message size on.
typedef struct Connection {
  int fd;
  uint32_t index;
  uint32_t in_flight;      // Messages begun and not yet back.
  uint32_t due;            // Messages the clock has asked for and that are not begun (--rate).
  bool is_full;            // The last send was short: EPOLLOUT will say when to go on.
  bool is_touched;         // Is in the turn's list of connections to send on.
  uint32_t begun_slot;     // Where the next message's time goes in begun_ns,
  uint32_t returned_slot;  // and where the oldest one's is.
  uint64_t pattern_start;
  uint64_t wanted_offset;
  uint64_t sent_offset;
  uint64_t received_offset;
  uint64_t message_end;  // Offset at which the oldest message in flight is complete.
  uint64_t begun_count;  // Messages ever begun.
  uint64_t progress_ns;  // When something last came back, or the first was begun.
  uint64_t* begun_ns;    // `depth` entries, used in a circle.
} Connection;

typedef struct Echo {
  const Options* options;
  Window* window;
  Pacer pacer;
  Pattern pattern;
  Connection* connections;
  uint64_t* begun_ns;  // Behind every connection's begun_ns.
  Connection** touched;
  uint32_t touched_count;
  uint8_t* scratch;
  int epoll_fd;
  uint64_t in_flight_count;
  uint64_t next_stall_check_ns;
} Echo;

static void SendWanted(Echo* echo, Connection* connection) {
  const uint64_t offset = connection->sent_offset;
  const uint8_t* bytes = PatternAt(&echo->pattern, connection->pattern_start + offset);
  const size_t length = (size_t)(connection->wanted_offset - offset);
  const ssize_t sent = send(connection->fd, bytes, length, MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
    FailErrno("connection %u: cannot send, %" PRIu64 " bytes into its stream", connection->index,
              offset);
  }
  if (sent > 0) connection->sent_offset += (uint64_t)sent;
  connection->is_full = connection->sent_offset < connection->wanted_offset;
}

static void BeginMessages(Echo* echo, Connection* connection, uint64_t now_ns) {
  const Options* options = echo->options;
  const bool is_paced = PacerIsOn(&echo->pacer);
  if (connection->in_flight == 0) connection->progress_ns = now_ns;
  while (connection->in_flight < options->depth && WindowMaySend(echo->window)) {
    uint64_t begun_ns = now_ns;
    if (is_paced) {
      if (connection->due == 0) break;
      connection->due--;
      begun_ns = PacerDueNs(
          &echo->pacer, connection->begun_count * options->connection_count + connection->index);
    }
    connection->begun_ns[connection->begun_slot] = begun_ns;
    connection->begun_slot = (connection->begun_slot + 1) % options->depth;
    connection->begun_count++;
    connection->in_flight++;
    connection->wanted_offset += options->size_bytes;
    echo->in_flight_count++;
    WindowCountSent(echo->window);
  }
  const bool has_unsent = connection->sent_offset < connection->wanted_offset;
  if (has_unsent && !connection->is_full) SendWanted(echo, connection);
}

static void CheckBytes(Echo* echo, const Connection* connection, size_t length) {
  const uint64_t offset = connection->received_offset;
  if (offset + length > connection->sent_offset) {
    Fail("connection %u: more came back than was sent: %" PRIu64 " bytes of %" PRIu64,
         connection->index, offset + length, connection->sent_offset);
  }
  const int64_t wrong =
      PatternCheck(&echo->pattern, connection->pattern_start + offset, echo->scratch, length);
  if (wrong < 0) return;
  const uint64_t wrong_offset = offset + (uint64_t)wrong;
  Fail("connection %u: byte %" PRIu64 " came back as 0x%02x, was sent as 0x%02x", connection->index,
       wrong_offset, echo->scratch[wrong],
       *PatternAt(&echo->pattern, connection->pattern_start + wrong_offset));
}

static void CompleteMessages(Echo* echo, Connection* connection, uint64_t now_ns) {
  const Options* options = echo->options;
  connection->progress_ns = now_ns;
  while (connection->received_offset >= connection->message_end) {
    WindowRecord(echo->window, now_ns - connection->begun_ns[connection->returned_slot]);
    connection->returned_slot = (connection->returned_slot + 1) % options->depth;
    connection->message_end += options->size_bytes;
    connection->in_flight--;
    echo->in_flight_count--;
  }
}

static void Receive(Echo* echo, Connection* connection, bool is_ending) {
  for (;;) {
    const ssize_t received = recv(connection->fd, echo->scratch, kScratchBytes, 0);
    if (received == 0) {
      Fail("connection %u: closed by the server with %u messages in flight, %" PRIu64
           " bytes into its stream",
           connection->index, connection->in_flight, connection->received_offset);
    }
    if (received < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) return;
      FailErrno("connection %u: cannot receive, %" PRIu64 " bytes into its stream",
                connection->index, connection->received_offset);
    }
    CheckBytes(echo, connection, (size_t)received);
    connection->received_offset += (uint64_t)received;
    CompleteMessages(echo, connection, NowNs());
    // A short read has emptied the socket: the next bytes bring a new edge (epoll(7), question 9).
    // An end of stream that is there already brings none, so it is read out now.
    if (received < kScratchBytes && !is_ending) return;
  }
}

static void Touch(Echo* echo, Connection* connection) {
  if (connection->is_touched) return;
  connection->is_touched = true;
  echo->touched[echo->touched_count++] = connection;
}

static void OnReady(Echo* echo, Connection* connection, uint32_t events) {
  const bool is_ending = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
  if ((events & EPOLLIN) != 0 || is_ending) Receive(echo, connection, is_ending);
  if ((events & EPOLLOUT) != 0) connection->is_full = false;
  Touch(echo, connection);
}

// Sending comes after all the receiving of the turn. Against sending at once it measured the same
// CPU per message, of the server and of the load, and lower latencies: a reply that has arrived is
// not kept waiting by the next message of a neighbour.
static void SendTouched(Echo* echo) {
  if (echo->touched_count == 0) return;
  uint64_t now_ns = NowNs();
  for (uint32_t i = 0; i < echo->touched_count; i++) {
    Connection* connection = echo->touched[i];
    connection->is_touched = false;
    BeginMessages(echo, connection, now_ns);
    now_ns = NowNs();
  }
  echo->touched_count = 0;
}

static void TouchAll(Echo* echo) {
  for (uint32_t i = 0; i < echo->options->connection_count; i++) {
    Touch(echo, &echo->connections[i]);
  }
}

static void TouchDue(Echo* echo, uint64_t now_ns) {
  uint64_t message_index;
  while (WindowMaySend(echo->window) && PacerTake(&echo->pacer, now_ns, &message_index)) {
    Connection* connection = &echo->connections[message_index % echo->options->connection_count];
    connection->due++;
    Touch(echo, connection);
  }
}

static void CheckStalls(Echo* echo, uint64_t now_ns) {
  if (now_ns < echo->next_stall_check_ns) return;
  echo->next_stall_check_ns = now_ns + kStallCheckIntervalNs;
  const uint64_t timeout_ns = SecondsToNs(echo->options->timeout_seconds);
  for (uint32_t i = 0; i < echo->options->connection_count; i++) {
    const Connection* connection = &echo->connections[i];
    if (connection->in_flight == 0 || connection->progress_ns + timeout_ns > now_ns) continue;
    Fail("connection %u: nothing came back for %.1f s; %" PRIu64 " bytes sent, %" PRIu64
         " received, %u messages in flight",
         i, echo->options->timeout_seconds, connection->sent_offset, connection->received_offset,
         connection->in_flight);
  }
}

static void Exchange(Echo* echo) {
  static struct epoll_event events[kEventsPerTurn];
  TouchAll(echo);
  SendTouched(echo);
  while (echo->window->phase != kPhaseDone) {
    // Never sleeps, see WindowNoteTurn; with --rate a wake-up would be part of every latency, too.
    const int count = epoll_wait(echo->epoll_fd, events, kEventsPerTurn, 0);
    if (count < 0 && errno != EINTR) FailErrno("epoll_wait");
    for (int i = 0; i < count; i++) OnReady(echo, events[i].data.ptr, events[i].events);
    const uint64_t now_ns = NowNs();
    WindowNoteTurn(echo->window, count == 0, now_ns);
    if (WindowAdvance(echo->window, now_ns, echo->in_flight_count)) TouchAll(echo);
    if (PacerIsOn(&echo->pacer)) TouchDue(echo, now_ns);
    SendTouched(echo);
    CheckStalls(echo, now_ns);
  }
}

static void Open(Echo* echo) {
  const Options* options = echo->options;
  const size_t burst = (size_t)options->size_bytes * options->depth;
  echo->pattern = CreatePattern(kPatternPeriod, burst > kScratchBytes ? burst : kScratchBytes);
  echo->connections = Allocate(options->connection_count, sizeof(Connection));
  echo->touched = Allocate(options->connection_count, sizeof(Connection*));
  echo->begun_ns = Allocate((size_t)options->connection_count * options->depth, sizeof(uint64_t));
  echo->scratch = Allocate(kScratchBytes, 1);
  echo->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  if (echo->epoll_fd < 0) FailErrno("epoll_create1");
  for (uint32_t i = 0; i < options->connection_count; i++) {
    Connection* connection = &echo->connections[i];
    *connection = (Connection){.fd = Connect(options, i),
                               .index = i,
                               .pattern_start = PatternStart(i),
                               .message_end = options->size_bytes,
                               .begun_ns = echo->begun_ns + (size_t)i * options->depth};
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
                                .data.ptr = connection};
    if (epoll_ctl(echo->epoll_fd, EPOLL_CTL_ADD, connection->fd, &event) != 0) {
      FailErrno("epoll_ctl");
    }
  }
}

// All that was sent is back; whatever is still to be read now is too much.
static void Close(Echo* echo) {
  for (uint32_t i = 0; i < echo->options->connection_count; i++) {
    Receive(echo, &echo->connections[i], false);
    echo->window->backlog_count += echo->connections[i].due;
    close(echo->connections[i].fd);
  }
  echo->window->compared_bytes = echo->pattern.compared_bytes;
  close(echo->epoll_fd);
  FreePattern(&echo->pattern);
  free(echo->connections);
  free(echo->touched);
  free(echo->begun_ns);
  free(echo->scratch);
}

void RunTcpEcho(const Options* options, Window* window) {
  if ((uint64_t)options->size_bytes * options->depth > kMostBytesInFlight) {
    FailUsage("--size times --depth is more than 64 MiB");
  }
  Echo echo = {.options = options, .window = window};
  Open(&echo);
  const uint64_t now_ns = NowNs();
  if (options->rate_per_second > 0) {
    echo.pacer =
        (Pacer){.start_ns = now_ns, .interval_ns = (double)kNsPerSecond / options->rate_per_second};
  }
  WindowStart(window, options, now_ns);
  Exchange(&echo);
  Close(&echo);
}
