// `floor PART --port P …`: the loop that all parts share; see floor.h.

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/arguments.h"
#include "common/fail.h"
#include "common/system.h"
#include "servers/floor.h"

enum {
  kEventsPerTurn = 1024,
  kListenBacklog = 4096,
};

static const double kLargestBlock = 1LL << 40;

static const Part* const kParts[] = {&kTcpEcho, &kTcpFile, &kTcpSink, &kTcpSource};

bool WouldBlock(void) {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

// `tag` comes back with the event: a connection, or the floor's field of another descriptor.
static void Watch(const Floor* floor, int operation, int fd, uint32_t interest, void* tag) {
  struct epoll_event event = {.events = interest, .data.ptr = tag};
  if (epoll_ctl(floor->epoll_fd, operation, fd, &event) != 0) FailErrno("epoll_ctl");
}

void Await(const Floor* floor, Connection* connection, uint32_t interest) {
  if (connection->interest == interest) return;
  connection->interest = interest;
  Watch(floor, EPOLL_CTL_MOD, connection->fd, interest, connection);
}

static int Listen(uint16_t port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) FailErrno("socket");
  const int on = 1;
  if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0) FailErrno("SO_REUSEADDR");
  // Linux hands the listener's TCP_NODELAY to every socket accepted from it.
  SetNoDelay(fd);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(fd, (struct sockaddr*)&address, sizeof(address)) != 0) FailErrno("bind");
  if (listen(fd, kListenBacklog) != 0) FailErrno("listen");
  return fd;
}

static int OpenSignal(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  if (sigprocmask(SIG_BLOCK, &signals, NULL) != 0) FailErrno("sigprocmask");
  const int fd = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
  if (fd < 0) FailErrno("signalfd");
  return fd;
}

static void OpenContent(Floor* floor, const char* path) {
  floor->buffer = Allocate(floor->buffer_size, 1);
  floor->content_fd = -1;
  if (path == NULL) return;
  floor->content_fd = open(path, O_RDONLY | O_CLOEXEC);
  if (floor->content_fd < 0) FailErrno("cannot open '%s'", path);
  if (pread(floor->content_fd, floor->buffer, floor->buffer_size, 0) != floor->buffer_size) {
    Fail("'%s' is shorter than a buffer", path);
  }
}

static void Announce(const Floor* floor) {
  struct sockaddr_in address = {0};
  socklen_t length = sizeof(address);
  if (getsockname(floor->listener_fd, (struct sockaddr*)&address, &length) != 0) {
    FailErrno("getsockname");
  }
  printf("listening %u\n", ntohs(address.sin_port));
  fflush(stdout);
}

static void OnAcceptable(Floor* floor, const Part* part) {
  for (;;) {
    const int fd = accept4(floor->listener_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (fd < 0 && (errno == EINTR || errno == ECONNABORTED)) continue;
    if (fd < 0) FailErrno("accept4");
    // calloc takes large blocks from the system as they are: pages that no message touches stay
    // unmapped.
    Connection* connection = Allocate(1, part->connection_size(floor));
    Connection* first = floor->connections;
    *connection =
        (Connection){.fd = fd, .interest = EPOLLIN, .next = first, .link = &floor->connections};
    if (first != NULL) first->link = &connection->next;
    floor->connections = connection;
    Watch(floor, EPOLL_CTL_ADD, fd, EPOLLIN, connection);
  }
}

static void Close(Connection* connection) {
  if (connection->next != NULL) connection->next->link = connection->link;
  *connection->link = connection->next;
  // Closing takes the descriptor out of the epoll set; it has no duplicate.
  close(connection->fd);
  free(connection);
}

static void Serve(Floor* floor, const Part* part) {
  static struct epoll_event events[kEventsPerTurn];
  for (;;) {
    const int count = epoll_wait(floor->epoll_fd, events, kEventsPerTurn, -1);
    if (count < 0 && errno != EINTR) FailErrno("epoll_wait");
    for (int i = 0; i < count; i++) {
      if (events[i].data.ptr == &floor->signal_fd) return;
      if (events[i].data.ptr == &floor->listener_fd) {
        OnAcceptable(floor, part);
        continue;
      }
      // An error or a hang-up comes without EPOLLIN or EPOLLOUT at times; the call that the
      // connection waits for anyway then reports it.
      Connection* connection = events[i].data.ptr;
      if (!part->on_ready(floor, connection)) Close(connection);
    }
  }
}

static const Part* FindPart(const char* name) {
  for (size_t i = 0; i < sizeof(kParts) / sizeof(kParts[0]); i++) {
    if (strcmp(kParts[i]->name, name) == 0) return kParts[i];
  }
  FailUsage("there is no part '%s'", name);
}

int main(int argc, char** argv) {
  uint32_t port = 0;
  uint32_t connection_count = 0;
  uint64_t block_size = 1;
  const char* content = NULL;
  Floor floor = {.buffer_size = 65536};
  const Argument arguments[] = {
      {"port", kArgumentUint32, &port, 0, UINT16_MAX, "port on 127.0.0.1; 0 takes a free one"},
      {"buffer-size", kArgumentUint32, &floor.buffer_size, 1, 1 << 30, "bytes of a buffer"},
      {"connections", kArgumentUint32, &connection_count, 0, UINT32_MAX,
       "taken for the sake of a common command line; any number is served"},
      {"block-size", kArgumentUint64, &block_size, 1, kLargestBlock,
       "bytes sent for one byte of request, or received for one byte of acknowledgement"},
      {"content", kArgumentText, &content, 0, 0, "the file whose bytes are sent"},
  };
  if (argc < 2) FailUsage("which part? (floor PART --help lists the options)");
  ParseArguments(argc - 2, argv + 2, "floor PART [options]", arguments,
                 sizeof(arguments) / sizeof(arguments[0]));
  const Part* part = FindPart(argv[1]);
  RaiseDescriptorLimit();
  floor.block_size = block_size;
  OpenContent(&floor, content);
  floor.signal_fd = OpenSignal();
  floor.listener_fd = Listen((uint16_t)port);
  floor.epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  if (floor.epoll_fd < 0) FailErrno("epoll_create1");
  Watch(&floor, EPOLL_CTL_ADD, floor.listener_fd, EPOLLIN, &floor.listener_fd);
  Watch(&floor, EPOLL_CTL_ADD, floor.signal_fd, EPOLLIN, &floor.signal_fd);
  Announce(&floor);
  Serve(&floor, part);
  while (floor.connections != NULL) Close(floor.connections);
  close(floor.listener_fd);
  close(floor.signal_fd);
  close(floor.epoll_fd);
  free(floor.buffer);
  return EXIT_SUCCESS;
}
