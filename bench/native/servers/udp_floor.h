// The floors of datagrams: servers as plain as C allows, which the others are compared with. One
// thread, level-triggered epoll, one socket. With --batch N a part makes one recvmmsg for up to N
// datagrams and one sendmmsg for its answers, and nothing else but the epoll_wait that they share;
// with --batch 1 one recvfrom, and one sendto per answer, until there are no more.

#ifndef SAEA_BENCH_SERVERS_UDP_FLOOR_H_
#define SAEA_BENCH_SERVERS_UDP_FLOOR_H_

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>

enum { kMostSenders = 256 };  // What the first byte of a datagram can tell apart.

typedef struct UdpFloor {
  uint64_t block_size;              // Bytes of one sender that a sink answers together.
  uint64_t received[kMostSenders];  // Of those, by the first byte of the datagram.
} UdpFloor;

typedef struct UdpPart {
  const char* name;
  // How many bytes of this datagram, from its beginning, go back to its sender; 0: no answer.
  size_t (*answer_length)(UdpFloor* floor, const uint8_t* datagram, size_t length);
} UdpPart;

extern const UdpPart kUdpEcho;
extern const UdpPart kUdpSink;

#endif  // SAEA_BENCH_SERVERS_UDP_FLOOR_H_
