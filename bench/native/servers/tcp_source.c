// Parts tcp-source and tcp-file: for each byte of request one block is sent, from a buffer in
// memory over and over, or from a file by sendfile(2).

#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

#include "servers/floor.h"

enum { kMostRequests = 64 };

typedef struct SourceConnection {
  Connection base;
  uint64_t block_offset;  // Sent of the current block.
  uint64_t blocks_left;   // Asked for and not yet sent, the current one included.
} SourceConnection;

static size_t SourceConnectionSize(const Floor* floor) {
  (void)floor;
  return sizeof(SourceConnection);
}

// From the buffer, which is repeated; its end is as far as one call can go.
static ssize_t SendFromBuffer(const Floor* floor, const SourceConnection* connection) {
  const uint64_t offset = connection->block_offset % floor->buffer_size;
  const uint64_t block_left = floor->block_size - connection->block_offset;
  const uint64_t buffer_left = floor->buffer_size - offset;
  const uint64_t length = block_left < buffer_left ? block_left : buffer_left;
  return send(connection->base.fd, floor->buffer + offset, length, MSG_NOSIGNAL);
}

static ssize_t SendFromFile(const Floor* floor, const SourceConnection* connection) {
  off_t offset = (off_t)connection->block_offset;
  return sendfile(connection->base.fd, floor->content_fd, &offset,
                  floor->block_size - connection->block_offset);
}

static bool ReceiveRequests(SourceConnection* connection) {
  char requests[kMostRequests];
  const ssize_t received = recv(connection->base.fd, requests, sizeof(requests), 0);
  if (received < 0 && WouldBlock()) return true;
  if (received <= 0) return false;
  connection->blocks_left += (uint64_t)received;
  return true;
}

static bool OnReady(Floor* floor, Connection* base,
                    ssize_t (*send_some)(const Floor*, const SourceConnection*)) {
  SourceConnection* connection = (SourceConnection*)base;
  if (connection->blocks_left == 0 && !ReceiveRequests(connection)) return false;
  while (connection->blocks_left > 0) {
    const ssize_t sent = send_some(floor, connection);
    if (sent < 0 && !WouldBlock()) return false;
    if (sent <= 0) break;
    connection->block_offset += (uint64_t)sent;
    if (connection->block_offset < floor->block_size) continue;
    connection->block_offset = 0;
    connection->blocks_left--;
  }
  Await(floor, base, connection->blocks_left > 0 ? EPOLLOUT : EPOLLIN);
  return true;
}

static bool OnSourceReady(Floor* floor, Connection* connection) {
  return OnReady(floor, connection, SendFromBuffer);
}

static bool OnFileReady(Floor* floor, Connection* connection) {
  return OnReady(floor, connection, SendFromFile);
}

const Part kTcpSource = {"tcp-source", SourceConnectionSize, OnSourceReady};
const Part kTcpFile = {"tcp-file", SourceConnectionSize, OnFileReady};
