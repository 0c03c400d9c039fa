// Making connections; see connect.h.

#include "load/connect.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

#include "common/clock.h"
#include "common/fail.h"
#include "common/system.h"

// A blocking connect returns when the kernel has shaken hands, before the server accepts. Without a
// pause now and then, thousands would overflow the server's backlog (511 in Node), and each drop
// costs a second until the next try.
enum {
  kConnectsPerPause = 256,
  kPauseNs = 5000000,
};

static void LimitConnectTime(int fd, double timeout_seconds) {
  const uint64_t timeout_us = SecondsToNs(timeout_seconds) / 1000;
  // SO_SNDTIMEO bounds a blocking connect on Linux (socket(7)).
  const struct timeval limit = {.tv_sec = (time_t)(timeout_us / 1000000),
                                .tv_usec = (suseconds_t)(timeout_us % 1000000)};
  if (setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit)) != 0) {
    FailErrno("cannot set SO_SNDTIMEO");
  }
}

int ConnectDatagram(const Options* options, uint32_t index) {
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) FailErrno("cannot create datagram socket %u", index);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options->port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, (struct sockaddr*)&address, sizeof(address)) != 0) {
    FailErrno("datagram socket %u was not connected to port %u", index, options->port);
  }
  return fd;
}

int Connect(const Options* options, uint32_t index) {
  if (index > 0 && index % kConnectsPerPause == 0) {
    nanosleep(&(struct timespec){.tv_nsec = kPauseNs}, NULL);
  }
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) FailErrno("cannot create the socket of connection %u", index);
  LimitConnectTime(fd, options->timeout_seconds);
  SetNoDelay(fd);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options->port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, (struct sockaddr*)&address, sizeof(address)) != 0) {
    FailErrno("connection %u to port %u was not made", index, options->port);
  }
  if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
    FailErrno("cannot make connection %u non-blocking", index);
  return fd;
}
