// Part udp-sink: counts the bytes of each sender, and answers a whole block with the byte that
// names the sender.

#include "servers/udp_floor.h"

static size_t AcknowledgementLength(UdpFloor* floor, const uint8_t* datagram, size_t length) {
  if (length == 0) return 0;
  uint64_t* received = &floor->received[datagram[0]];
  *received += length;
  if (*received < floor->block_size) return 0;
  *received -= floor->block_size;
  return 1;
}

const UdpPart kUdpSink = {"udp-sink", AcknowledgementLength};
