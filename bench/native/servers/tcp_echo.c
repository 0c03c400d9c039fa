// Part tcp-echo: one recv and one send per message, a buffer per connection.

#include <sys/epoll.h>
#include <sys/socket.h>

#include "servers/floor.h"

// Either reading (nothing unsent) or, after a short send, writing.
typedef struct EchoConnection {
  Connection base;
  uint32_t unsent_offset;
  uint32_t unsent_length;
  uint8_t buffer[];
} EchoConnection;

static size_t EchoConnectionSize(const Floor* floor) {
  return sizeof(EchoConnection) + floor->buffer_size;
}

static bool OnEchoReady(Floor* floor, Connection* base) {
  EchoConnection* connection = (EchoConnection*)base;
  if (connection->unsent_length == 0) {
    const ssize_t received = recv(base->fd, connection->buffer, floor->buffer_size, 0);
    if (received < 0 && WouldBlock()) return true;
    if (received <= 0) return false;
    connection->unsent_offset = 0;
    connection->unsent_length = (uint32_t)received;
  }
  const ssize_t sent = send(base->fd, connection->buffer + connection->unsent_offset,
                            connection->unsent_length, MSG_NOSIGNAL);
  if (sent < 0 && !WouldBlock()) return false;
  if (sent > 0) {
    connection->unsent_offset += (uint32_t)sent;
    connection->unsent_length -= (uint32_t)sent;
  }
  Await(floor, base, connection->unsent_length > 0 ? EPOLLOUT : EPOLLIN);
  return true;
}

const Part kTcpEcho = {"tcp-echo", EchoConnectionSize, OnEchoReady};
