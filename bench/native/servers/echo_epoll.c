// The floor: a TCP echo server as plain as C allows. One thread, level-triggered epoll, one buffer
// per connection. For each message it makes one recv and one send, and shares one epoll_wait with
// every other connection that is ready in the same turn; in steady state there is nothing else, no
// epoll_ctl, no call that is known to fail. TCP_NODELAY is set, as in every server measured here.

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
  kEventsPerTurn = 1024,
  kListenBacklog = 4096,
};

// One accepted connection. It is either reading (nothing unsent) or, after a short send, writing;
// never both, so one interest at a time is enough and a slow client stops only itself.
typedef struct Connection {
  int fd;
  uint32_t unsent_offset;
  uint32_t unsent_length;
  struct Connection* next;   // All connections, so that a clean exit can close them.
  struct Connection** link;  // Whatever points to this one: the server, or its neighbour.
  char buffer[];
} Connection;

typedef struct Server {
  int epoll_fd;
  int listener_fd;
  int signal_fd;
  uint32_t buffer_size;
  Connection* connections;
} Server;

// `tag` comes back with the event: a connection, or the server's field of another descriptor.
static void Watch(const Server* server, int operation, int fd, uint32_t interest, void* tag) {
  struct epoll_event event = {.events = interest, .data.ptr = tag};
  if (epoll_ctl(server->epoll_fd, operation, fd, &event) != 0) FailErrno("epoll_ctl");
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

static void Announce(const Server* server) {
  struct sockaddr_in address = {0};
  socklen_t length = sizeof(address);
  if (getsockname(server->listener_fd, (struct sockaddr*)&address, &length) != 0) {
    FailErrno("getsockname");
  }
  printf("listening %u\n", ntohs(address.sin_port));
  fflush(stdout);
}

static void OnAcceptable(Server* server) {
  for (;;) {
    const int fd = accept4(server->listener_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (fd < 0 && (errno == EINTR || errno == ECONNABORTED)) continue;
    if (fd < 0) FailErrno("accept4");
    // malloc, not calloc: pages of the buffer that no message touches stay unmapped.
    Connection* connection = malloc(sizeof(Connection) + server->buffer_size);
    if (connection == NULL) Fail("no memory for a connection");
    Connection* first = server->connections;
    *connection = (Connection){.fd = fd, .next = first, .link = &server->connections};
    if (first != NULL) first->link = &connection->next;
    server->connections = connection;
    Watch(server, EPOLL_CTL_ADD, fd, EPOLLIN, connection);
  }
}

static void Close(Connection* connection) {
  if (connection->next != NULL) connection->next->link = connection->link;
  *connection->link = connection->next;
  // Closing takes the descriptor out of the epoll set; it has no duplicate.
  close(connection->fd);
  free(connection);
}

// False when the connection is gone.
static bool SendUnsent(Connection* connection) {
  const ssize_t sent = send(connection->fd, connection->buffer + connection->unsent_offset,
                            connection->unsent_length, MSG_NOSIGNAL);
  if (sent >= 0) {
    connection->unsent_offset += (uint32_t)sent;
    connection->unsent_length -= (uint32_t)sent;
    return true;
  }
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return true;
  Close(connection);
  return false;
}

static void OnReadable(Server* server, Connection* connection) {
  const ssize_t received = recv(connection->fd, connection->buffer, server->buffer_size, 0);
  if (received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return;
  if (received <= 0) {
    Close(connection);
    return;
  }
  connection->unsent_offset = 0;
  connection->unsent_length = (uint32_t)received;
  if (!SendUnsent(connection)) return;
  if (connection->unsent_length > 0) {
    Watch(server, EPOLL_CTL_MOD, connection->fd, EPOLLOUT, connection);
  }
}

static void OnWritable(Server* server, Connection* connection) {
  if (!SendUnsent(connection)) return;
  if (connection->unsent_length == 0) {
    Watch(server, EPOLL_CTL_MOD, connection->fd, EPOLLIN, connection);
  }
}

static void Serve(Server* server) {
  static struct epoll_event events[kEventsPerTurn];
  for (;;) {
    const int count = epoll_wait(server->epoll_fd, events, kEventsPerTurn, -1);
    if (count < 0 && errno != EINTR) FailErrno("epoll_wait");
    for (int i = 0; i < count; i++) {
      if (events[i].data.ptr == &server->signal_fd) return;
      if (events[i].data.ptr == &server->listener_fd) {
        OnAcceptable(server);
        continue;
      }
      // An error or a hang-up comes without EPOLLIN or EPOLLOUT at times; the call that the
      // connection waits for anyway then reports it.
      Connection* connection = events[i].data.ptr;
      if (connection->unsent_length > 0) {
        OnWritable(server, connection);
      } else {
        OnReadable(server, connection);
      }
    }
  }
}

int main(int argc, char** argv) {
  uint32_t port = 0;
  uint32_t buffer_size = 65536;
  uint32_t connection_count = 0;
  const Argument arguments[] = {
      {"port", kArgumentUint32, &port, 0, UINT16_MAX, "port on 127.0.0.1; 0 takes a free one"},
      {"buffer-size", kArgumentUint32, &buffer_size, 1, 1 << 30, "bytes per connection's buffer"},
      {"connections", kArgumentUint32, &connection_count, 0, UINT32_MAX,
       "taken for the sake of a common command line; any number is served"},
  };
  ParseArguments(argc - 1, argv + 1, "echo_epoll [options]", arguments,
                 sizeof(arguments) / sizeof(arguments[0]));
  RaiseDescriptorLimit();
  Server server = {.buffer_size = buffer_size};
  server.signal_fd = OpenSignal();
  server.listener_fd = Listen((uint16_t)port);
  server.epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  if (server.epoll_fd < 0) FailErrno("epoll_create1");
  Watch(&server, EPOLL_CTL_ADD, server.listener_fd, EPOLLIN, &server.listener_fd);
  Watch(&server, EPOLL_CTL_ADD, server.signal_fd, EPOLLIN, &server.signal_fd);
  Announce(&server);
  Serve(&server);
  for (Connection* connection = server.connections; connection != NULL;) {
    Connection* next = connection->next;
    Close(connection);
    connection = next;
  }
  close(server.listener_fd);
  close(server.signal_fd);
  close(server.epoll_fd);
  return EXIT_SUCCESS;
}
