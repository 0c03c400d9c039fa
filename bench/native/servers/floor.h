// The floors: servers as plain as C allows, which the others are compared with. One thread,
// level-triggered epoll, one loop for all parts; a part says what a connection keeps and what it
// does when it is ready. In steady state a part makes the calls of its work and shares one
// epoll_wait with every connection that is ready in the same turn: no epoll_ctl, no call that is
// known to fail. TCP_NODELAY is set, as in every server measured here.

#ifndef SAEA_BENCH_SERVERS_FLOOR_H_
#define SAEA_BENCH_SERVERS_FLOOR_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What every connection begins with; a part puts its own fields behind it.
typedef struct Connection {
  int fd;
  uint32_t interest;         // EPOLLIN or EPOLLOUT: one at a time, so a slow client stops itself.
  struct Connection* next;   // All connections, so that a clean exit can close them.
  struct Connection** link;  // Whatever points to this one: the floor, or its neighbour.
} Connection;

typedef struct Floor {
  int epoll_fd;
  int listener_fd;
  int signal_fd;
  int content_fd;  // What sources send; -1 without --content.
  uint32_t buffer_size;
  uint64_t block_size;  // Bytes that are asked for, or acknowledged, in one go.
  uint8_t* buffer;      // One for all connections, filled with the beginning of the content.
  Connection* connections;
} Floor;

typedef struct Part {
  const char* name;
  size_t (*connection_size)(const Floor* floor);
  // Called when the system says that what the connection waits for is there. False: it is over.
  bool (*on_ready)(Floor* floor, Connection* connection);
} Part;

extern const Part kTcpEcho;
extern const Part kTcpFile;
extern const Part kTcpSink;
extern const Part kTcpSource;

// Changes what the connection waits for; costs nothing when it waits for that already.
void Await(const Floor* floor, Connection* connection, uint32_t interest);

// Whether a call failed only because it would have had to wait.
bool WouldBlock(void);

#endif  // SAEA_BENCH_SERVERS_FLOOR_H_
