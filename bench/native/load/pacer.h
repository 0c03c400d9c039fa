// Sending by the clock (--rate): message i of the run is due at start + i / rate, whatever the
// server does, and belongs to connection i modulo the connection count. A latency counts from when
// the message was due, not from when it could be sent, so a server that stalls cannot hide the
// messages that waited behind the stall ("coordinated omission").

#ifndef SAEA_BENCH_LOAD_PACER_H_
#define SAEA_BENCH_LOAD_PACER_H_

#include <stdbool.h>
#include <stdint.h>

typedef struct Pacer {
  uint64_t start_ns;
  double interval_ns;     // 0: no pacing; every reply sends the next message.
  uint64_t issued_count;  // Messages that were handed out as due.
} Pacer;

static inline bool PacerIsOn(const Pacer* pacer) {
  return pacer->interval_ns > 0;
}

static inline uint64_t PacerDueNs(const Pacer* pacer, uint64_t message_index) {
  return pacer->start_ns + (uint64_t)((double)message_index * pacer->interval_ns);
}

// Takes the next message when it is due by now; false when it is not yet.
static inline bool PacerTake(Pacer* pacer, uint64_t now_ns, uint64_t* message_index) {
  if (PacerDueNs(pacer, pacer->issued_count) > now_ns) return false;
  *message_index = pacer->issued_count++;
  return true;
}

#endif  // SAEA_BENCH_LOAD_PACER_H_
