// Mode tcp-connect: what a connection costs that lives for one message. `connections` of them are
// under way at any time; each connects, sends, receives the echo, says that it sends no more, and
// is over when the server has closed its side too. That is one operation, timed from connect to
// end of stream.

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/fail.h"
#include "common/system.h"
#include "load/mode.h"
#include "load/pattern.h"

enum {
  kEventsPerTurn = 1024,
  kScratchBytes = 64 << 10,
  // The side that closes first keeps its address for a minute (TIME_WAIT), and that is ours:
  // connections come from many addresses, or the ports of one would be used up within seconds.
  kSourceAddresses = 250,
  kFirstSource = 2,  // 127.0.0.2
};

typedef enum Stage { kFree, kConnecting, kAwaitingEcho, kAwaitingEnd } Stage;

typedef struct Visit {
  int fd;
  Stage stage;
  uint64_t pattern_start;
  uint32_t received;
  uint64_t begun_ns;
} Visit;

typedef struct Visits {
  const Options* options;
  Window* window;
  Pattern pattern;
  Visit* slots;
  uint8_t* scratch;
  int epoll_fd;
  uint64_t under_way;
  uint64_t begun_count;
} Visits;

static void Watch(const Visits* visits, int operation, Visit* visit, uint32_t interest) {
  struct epoll_event event = {.events = interest, .data.ptr = visit};
  if (epoll_ctl(visits->epoll_fd, operation, visit->fd, &event) != 0) FailErrno("epoll_ctl");
}

static void BindSource(const Visits* visits, int fd) {
  const int on = 1;
  // The port is chosen at connect, when the other end is known: ports are then free per pair.
  if (setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof(on)) != 0) {
    FailErrno("IP_BIND_ADDRESS_NO_PORT");
  }
  const uint32_t source = kFirstSource + (uint32_t)(visits->begun_count % kSourceAddresses);
  struct sockaddr_in address = {.sin_family = AF_INET};
  address.sin_addr.s_addr = htonl((INADDR_LOOPBACK & ~0xffU) | source);
  if (bind(fd, (struct sockaddr*)&address, sizeof(address)) != 0) FailErrno("bind");
}

// On loopback the connection is usually made when connect() returns, although it says otherwise.
static void SendMessage(Visits* visits, Visit* visit) {
  const uint32_t size = visits->options->size_bytes;
  const uint8_t* bytes = PatternAt(&visits->pattern, visit->pattern_start);
  const ssize_t sent = send(visit->fd, bytes, size, MSG_NOSIGNAL);
  if (sent < 0 && (errno == EAGAIN || errno == ENOTCONN)) return;
  if (sent < 0) FailErrno("cannot send on a new connection");
  if (sent != (ssize_t)size) Fail("a new connection had no room for one message");
  visit->stage = kAwaitingEcho;
}

static void Begin(Visits* visits, Visit* visit, uint64_t now_ns) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) FailErrno("socket");
  BindSource(visits, fd);
  *visit = (Visit){.fd = fd, .stage = kConnecting, .begun_ns = now_ns};
  visit->pattern_start = PatternStart((uint32_t)visits->begun_count);
  visits->begun_count++;
  visits->under_way++;
  WindowCountSent(visits->window);
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)visits->options->port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, (struct sockaddr*)&address, sizeof(address)) != 0 && errno != EINPROGRESS) {
    FailErrno("connect");
  }
  SendMessage(visits, visit);
  Watch(visits, EPOLL_CTL_ADD, visit, visit->stage == kConnecting ? EPOLLOUT : EPOLLIN);
}

static void End(Visits* visits, Visit* visit) {
  close(visit->fd);
  visit->stage = kFree;
  visits->under_way--;
  WindowRecord(visits->window, NowNs() - visit->begun_ns);
}

static void ReceiveEcho(Visits* visits, Visit* visit, size_t length) {
  const uint32_t size = visits->options->size_bytes;
  if (visit->stage != kAwaitingEcho || visit->received + length > size) {
    Fail("more came back than was sent");
  }
  const uint64_t position = visit->pattern_start + visit->received;
  if (PatternCheck(&visits->pattern, position, visits->scratch, length) >= 0) {
    Fail("other bytes came back than were sent");
  }
  visit->received += (uint32_t)length;
  if (visit->received < size) return;
  if (shutdown(visit->fd, SHUT_WR) != 0) FailErrno("shutdown");
  visit->stage = kAwaitingEnd;
}

static void OnReady(Visits* visits, Visit* visit) {
  if (visit->stage == kConnecting) {
    SendMessage(visits, visit);
    if (visit->stage == kAwaitingEcho) Watch(visits, EPOLL_CTL_MOD, visit, EPOLLIN);
    return;
  }
  const ssize_t received = recv(visit->fd, visits->scratch, kScratchBytes, 0);
  if (received < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (received < 0) FailErrno("cannot receive the echo");
  if (received > 0) {
    ReceiveEcho(visits, visit, (size_t)received);
  } else if (visit->stage == kAwaitingEnd) {
    End(visits, visit);
  } else {
    Fail("closed by the server before the message was back");
  }
}

static void BeginMissing(Visits* visits) {
  const uint64_t now_ns = NowNs();
  for (uint32_t i = 0; i < visits->options->connection_count; i++) {
    Visit* visit = &visits->slots[i];
    if (visit->stage == kFree && WindowMaySend(visits->window)) Begin(visits, visit, now_ns);
  }
}

static void CheckStalls(const Visits* visits, uint64_t now_ns) {
  const uint64_t timeout_ns = SecondsToNs(visits->options->timeout_seconds);
  for (uint32_t i = 0; i < visits->options->connection_count; i++) {
    const Visit* visit = &visits->slots[i];
    if (visit->stage == kFree || visit->begun_ns + timeout_ns > now_ns) continue;
    Fail("a connection took longer than %.1f s; it was waiting %s",
         visits->options->timeout_seconds,
         visit->stage == kConnecting     ? "to be connected"
         : visit->stage == kAwaitingEcho ? "for its message"
                                         : "to be closed by the server");
  }
}

static void Exchange(Visits* visits) {
  static struct epoll_event events[kEventsPerTurn];
  BeginMissing(visits);
  while (visits->window->phase != kPhaseDone) {
    const int count = epoll_wait(visits->epoll_fd, events, kEventsPerTurn, 0);
    if (count < 0 && errno != EINTR) FailErrno("epoll_wait");
    for (int i = 0; i < count; i++) OnReady(visits, events[i].data.ptr);
    const uint64_t now_ns = NowNs();
    WindowNoteTurn(visits->window, count == 0, now_ns);
    WindowAdvance(visits->window, now_ns, visits->under_way);
    BeginMissing(visits);
    CheckStalls(visits, now_ns);
  }
}

void RunTcpConnect(const Options* options, Window* window) {
  if (options->depth != 1 || options->rate_per_second > 0 || options->size_bytes > kScratchBytes) {
    FailUsage("tcp-connect knows no --depth and no --rate, and messages of up to 64 KiB");
  }
  Visits visits = {.options = options, .window = window};
  visits.pattern = CreatePattern(kPatternPeriod, kScratchBytes);
  visits.slots = Allocate(options->connection_count, sizeof(Visit));
  visits.scratch = Allocate(kScratchBytes, 1);
  visits.epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  if (visits.epoll_fd < 0) FailErrno("epoll_create1");
  WindowStart(window, options, NowNs());
  Exchange(&visits);
  window->compared_bytes = visits.pattern.compared_bytes;
  close(visits.epoll_fd);
  FreePattern(&visits.pattern);
  free(visits.slots);
  free(visits.scratch);
}
