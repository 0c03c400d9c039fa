// Part tcp-sink: receives blocks and throws them away; each is acknowledged by one byte.

#include <sys/socket.h>

#include "servers/floor.h"

typedef struct SinkConnection {
  Connection base;
  uint64_t block_received;  // Of the block that is on its way.
} SinkConnection;

static size_t SinkConnectionSize(const Floor* floor) {
  (void)floor;
  return sizeof(SinkConnection);
}

static bool OnSinkReady(Floor* floor, Connection* base) {
  SinkConnection* connection = (SinkConnection*)base;
  const ssize_t received = recv(base->fd, floor->buffer, floor->buffer_size, 0);
  if (received < 0 && WouldBlock()) return true;
  if (received <= 0) return false;
  connection->block_received += (uint64_t)received;
  while (connection->block_received >= floor->block_size) {
    connection->block_received -= floor->block_size;
    // The few acknowledgements that can be outstanding always have room.
    if (send(base->fd, "", 1, MSG_NOSIGNAL) != 1) return false;
  }
  return true;
}

const Part kTcpSink = {"tcp-sink", SinkConnectionSize, OnSinkReady};
