// Part udp-echo: every datagram goes back as it came.

#include "servers/udp_floor.h"

static size_t EchoLength(UdpFloor* floor, const uint8_t* datagram, size_t length) {
  (void)floor;
  (void)datagram;
  return length;
}

const UdpPart kUdpEcho = {"udp-echo", EchoLength};
