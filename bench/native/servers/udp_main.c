// `udp_floor PART --port P …`: the loop that all parts of datagrams share; see udp_floor.h.

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
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
#include "servers/udp_floor.h"

enum {
  kReceiveBufferBytes = 4 << 20,  // The system takes less if it must; the same in every server.
  kAlonePerTurn = 64,             // Of --batch 1, so that a signal is seen.
};

// What the kernel fills in, `batch` times, and what goes back of it.
typedef struct Server {
  const UdpPart* part;
  UdpFloor floor;
  int socket_fd;
  uint32_t batch;
  uint32_t buffer_size;
  struct mmsghdr* headers;
  struct iovec* spans;
  struct sockaddr_in* addresses;
  uint8_t* buffers;
  struct mmsghdr* answers;
  struct iovec* answer_spans;
} Server;

static const double kLargestBlock = 1LL << 40;

static const UdpPart* const kParts[] = {&kUdpEcho, &kUdpSink};

static int Bind(uint16_t port) {
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) FailErrno("socket");
  const int bytes = kReceiveBufferBytes;
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes)) != 0) FailErrno("SO_RCVBUF");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(fd, (struct sockaddr*)&address, sizeof(address)) != 0) FailErrno("bind");
  return fd;
}

// The kernel has put the lengths of the addresses there.
static void PrepareReceive(Server* server, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    server->headers[i].msg_hdr.msg_namelen = sizeof(struct sockaddr_in);
  }
}

static uint32_t CollectAnswers(Server* server, uint32_t received) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < received; i++) {
    uint8_t* datagram = server->spans[i].iov_base;
    const size_t length =
        server->part->answer_length(&server->floor, datagram, server->headers[i].msg_len);
    if (length == 0) continue;
    server->answer_spans[count].iov_base = datagram;
    server->answer_spans[count].iov_len = length;
    server->answers[count].msg_hdr.msg_name = &server->addresses[i];
    count++;
  }
  return count;
}

static void ServeTogether(Server* server) {
  const int received = recvmmsg(server->socket_fd, server->headers, server->batch, 0, NULL);
  if (received < 0) {
    if (errno == EAGAIN || errno == EINTR) return;
    FailErrno("recvmmsg");
  }
  const uint32_t count = CollectAnswers(server, (uint32_t)received);
  for (uint32_t sent = 0; sent < count;) {
    const int more = sendmmsg(server->socket_fd, server->answers + sent, count - sent, 0);
    if (more < 0) FailErrno("sendmmsg");
    sent += (uint32_t)more;
  }
  PrepareReceive(server, (uint32_t)received);
}

static void ServeAlone(Server* server) {
  for (int i = 0; i < kAlonePerTurn; i++) {
    struct sockaddr_in address;
    socklen_t length = sizeof(address);
    const ssize_t received = recvfrom(server->socket_fd, server->buffers, server->buffer_size, 0,
                                      (struct sockaddr*)&address, &length);
    if (received < 0) {
      if (errno == EAGAIN || errno == EINTR) return;
      FailErrno("recvfrom");
    }
    const size_t answer =
        server->part->answer_length(&server->floor, server->buffers, (size_t)received);
    if (answer == 0) continue;
    if (sendto(server->socket_fd, server->buffers, answer, 0, (struct sockaddr*)&address, length) <
        0) {
      FailErrno("sendto");
    }
  }
}

static void Open(Server* server, uint16_t port) {
  server->socket_fd = Bind(port);
  server->headers = Allocate(server->batch, sizeof(struct mmsghdr));
  server->spans = Allocate(server->batch, sizeof(struct iovec));
  server->addresses = Allocate(server->batch, sizeof(struct sockaddr_in));
  server->buffers = Allocate(server->batch, server->buffer_size);
  server->answers = Allocate(server->batch, sizeof(struct mmsghdr));
  server->answer_spans = Allocate(server->batch, sizeof(struct iovec));
  for (uint32_t i = 0; i < server->batch; i++) {
    server->spans[i] = (struct iovec){.iov_base = server->buffers + (size_t)i * server->buffer_size,
                                      .iov_len = server->buffer_size};
    server->headers[i].msg_hdr = (struct msghdr){
        .msg_name = &server->addresses[i], .msg_iov = &server->spans[i], .msg_iovlen = 1};
    server->answers[i].msg_hdr = (struct msghdr){.msg_namelen = sizeof(struct sockaddr_in),
                                                 .msg_iov = &server->answer_spans[i],
                                                 .msg_iovlen = 1};
  }
  PrepareReceive(server, server->batch);
}

static void Serve(Server* server) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  if (sigprocmask(SIG_BLOCK, &signals, NULL) != 0) FailErrno("sigprocmask");
  const int signal_fd = signalfd(-1, &signals, SFD_CLOEXEC);
  const int epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  if (signal_fd < 0 || epoll_fd < 0) FailErrno("cannot make the loop");
  const int fds[] = {signal_fd, server->socket_fd};
  for (int i = 0; i < 2; i++) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fds[i]};
    if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fds[i], &event) != 0) FailErrno("epoll_ctl");
  }
  for (;;) {
    struct epoll_event events[2];
    const int count = epoll_wait(epoll_fd, events, 2, -1);
    if (count < 0 && errno != EINTR) FailErrno("epoll_wait");
    for (int i = 0; i < count; i++) {
      if (events[i].data.fd == signal_fd) return;
      if (server->batch == 1) {
        ServeAlone(server);
      } else {
        ServeTogether(server);
      }
    }
  }
}

static const UdpPart* FindPart(const char* name) {
  for (size_t i = 0; i < sizeof(kParts) / sizeof(kParts[0]); i++) {
    if (strcmp(kParts[i]->name, name) == 0) return kParts[i];
  }
  FailUsage("there is no part '%s'", name);
}

int main(int argc, char** argv) {
  Server server = {.batch = 64, .buffer_size = 65536, .floor = {.block_size = 1}};
  uint32_t port = 0;
  uint32_t connection_count = 0;
  const Argument arguments[] = {
      {"port", kArgumentUint32, &port, 0, UINT16_MAX, "port on 127.0.0.1; 0 takes a free one"},
      {"buffer-size", kArgumentUint32, &server.buffer_size, 1, 65536, "bytes of a datagram"},
      {"connections", kArgumentUint32, &connection_count, 0, UINT32_MAX,
       "taken for the sake of a common command line; any number is served"},
      {"block-size", kArgumentUint64, &server.floor.block_size, 1, kLargestBlock,
       "bytes of one sender that a sink answers together"},
      {"batch", kArgumentUint32, &server.batch, 1, 1024, "most datagrams per call (64)"},
  };
  if (argc < 2) FailUsage("which part? (udp_floor PART --help lists the options)");
  ParseArguments(argc - 2, argv + 2, "udp_floor PART [options]", arguments,
                 sizeof(arguments) / sizeof(arguments[0]));
  server.part = FindPart(argv[1]);
  Open(&server, (uint16_t)port);
  struct sockaddr_in address;
  socklen_t length = sizeof(address);
  if (getsockname(server.socket_fd, (struct sockaddr*)&address, &length) != 0) {
    FailErrno("getsockname");
  }
  printf("listening %u\n", ntohs(address.sin_port));
  fflush(stdout);
  Serve(&server);
  return EXIT_SUCCESS;
}
