// The floors of datagrams: a UDP echo server as plain as C allows. One thread, level-triggered
// epoll, one socket. With --batch N it makes one recvmmsg and one sendmmsg for up to N datagrams,
// and nothing else but the epoll_wait that they share; with --batch 1 one recvfrom and one sendto
// for each, until there are no more.

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/arguments.h"
#include "common/fail.h"
#include "common/system.h"

enum {
  kReceiveBufferBytes = 4 << 20,  // The system takes less if it must; the same in every server.
  kAlonePerTurn = 64,             // Of --batch 1, so that a signal is seen.
};

typedef struct Server {
  int socket_fd;
  uint32_t batch;
  uint32_t buffer_size;
  struct mmsghdr* headers;
  struct iovec* spans;
  struct sockaddr_in* addresses;
  char* buffers;
} Server;

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

static void PrepareReceive(Server* server, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    server->spans[i].iov_len = server->buffer_size;
    server->headers[i].msg_hdr.msg_namelen = sizeof(struct sockaddr_in);
  }
}

static void EchoTogether(Server* server) {
  const int received = recvmmsg(server->socket_fd, server->headers, server->batch, 0, NULL);
  if (received < 0) {
    if (errno == EAGAIN || errno == EINTR) return;
    FailErrno("recvmmsg");
  }
  for (int i = 0; i < received; i++) server->spans[i].iov_len = server->headers[i].msg_len;
  int sent = 0;
  while (sent < received) {
    const int more = sendmmsg(server->socket_fd, server->headers + sent, received - sent, 0);
    if (more < 0) FailErrno("sendmmsg");
    sent += more;
  }
  PrepareReceive(server, (uint32_t)received);
}

static void EchoAlone(Server* server) {
  for (int i = 0; i < kAlonePerTurn; i++) {
    struct sockaddr_in address;
    socklen_t length = sizeof(address);
    const ssize_t received = recvfrom(server->socket_fd, server->buffers, server->buffer_size, 0,
                                      (struct sockaddr*)&address, &length);
    if (received < 0) {
      if (errno == EAGAIN || errno == EINTR) return;
      FailErrno("recvfrom");
    }
    if (sendto(server->socket_fd, server->buffers, (size_t)received, 0, (struct sockaddr*)&address,
               length) < 0) {
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
  for (uint32_t i = 0; i < server->batch; i++) {
    server->spans[i].iov_base = server->buffers + (size_t)i * server->buffer_size;
    server->headers[i].msg_hdr = (struct msghdr){
        .msg_name = &server->addresses[i], .msg_iov = &server->spans[i], .msg_iovlen = 1};
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
      if (server->batch == 1)
        EchoAlone(server);
      else
        EchoTogether(server);
    }
  }
}

int main(int argc, char** argv) {
  Server server = {.batch = 64, .buffer_size = 65536};
  uint32_t port = 0;
  uint64_t block_size = 0;
  uint32_t connection_count = 0;  // Part of the contract of servers; a socket has none.
  const Argument arguments[] = {
      {"port", kArgumentUint32, &port, 0, 65535, "port on 127.0.0.1; 0 lets the system choose (0)"},
      {"buffer-size", kArgumentUint32, &server.buffer_size, 1, 65536, "of a datagram (65536)"},
      {"connections", kArgumentUint32, &connection_count, 0, 1000000, "not used"},
      {"block-size", kArgumentUint64, &block_size, 0, UINT64_MAX, "not used"},
      {"batch", kArgumentUint32, &server.batch, 1, 1024, "most datagrams per call (64)"},
  };
  ParseArguments(argc - 1, argv + 1, "udp_echo [options]", arguments,
                 sizeof(arguments) / sizeof(arguments[0]));
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
