// The measured window of a run, the same for every mode: warm-up, then the window, then the way out
// with nothing new sent. It decides when a mode may send, counts what comes back inside the window,
// and reads the server's costs at both ends. It owns no connection and makes no socket call.
//
//   kPhaseWarmup ──► kPhaseSettling ──► kPhaseMeasured ──► kPhaseDraining ──► kPhaseDone
//        │          (--messages only;          ▲           (until nothing
//        │        until nothing is in flight)  │            is in flight)
//        └─────────────────────────────────────┘

#ifndef SAEA_BENCH_LOAD_WINDOW_H_
#define SAEA_BENCH_LOAD_WINDOW_H_

#include <stdbool.h>
#include <stdint.h>

#include "load/histogram.h"
#include "load/options.h"
#include "load/schedstat.h"

typedef enum Phase {
  kPhaseWarmup,
  kPhaseSettling,
  kPhaseMeasured,
  kPhaseDraining,
  kPhaseDone,
} Phase;

typedef struct Window {
  const Options* options;
  Phase phase;
  uint64_t phase_ends_ns;  // Of the phases that end by the clock.
  uint64_t sent_count;     // Inside the window.
  uint64_t message_count;  // Came back inside the window.
  Histogram latency;       // Of those.

  // Valid from kPhaseMeasured on (start) and from kPhaseDraining on (end).
  uint64_t started_ns;
  uint64_t ended_ns;
  uint64_t load_started_cpu_ns;
  uint64_t load_ended_cpu_ns;
  uint64_t load_idle_ns;  // Of that, spent on asking in vain whether anything had come.
  uint64_t idle_since_ns;
  ServerTime server_started;  // Empty without --server-pid.
  ServerTime server_ended;
  ServerMemory server_memory;  // At the end of the window, connections still open.

  // A mode fills these in before it returns.
  uint64_t backlog_count;   // Messages the clock had asked for and the server left no room for.
  uint64_t compared_bytes;  // In the whole run.
} Window;

// The warm-up begins now. Connections have been made before.
void WindowStart(Window* window, const Options* options, uint64_t now_ns);

// Called once per turn of the mode's loop. True when sending was just allowed again, so that the
// mode must start its connections anew: nothing will come back to remind it.
bool WindowAdvance(Window* window, uint64_t now_ns, uint64_t in_flight_count);

void FreeWindow(Window* window);

// With --marks: prints `mark NAME` and goes on after a line on standard input. Whoever started us
// looks at the server in between.
void Mark(const Options* options, const char* name);

static inline bool WindowMaySend(const Window* window) {
  if (window->phase == kPhaseWarmup) return true;
  if (window->phase != kPhaseMeasured) return false;
  const uint64_t limit = window->options->message_limit;
  return limit == 0 || window->sent_count < limit;
}

static inline void WindowCountSent(Window* window) {
  window->sent_count += window->phase == kPhaseMeasured;
}

// Messages that will not come back: with --messages, others take their place.
static inline void WindowUncountSent(Window* window, uint64_t count) {
  if (window->phase == kPhaseMeasured) window->sent_count -= count;
}

// For streams, whose unit is the MiB or the datagram: no latency, and a block is many units.
static inline void WindowCountSentUnits(Window* window, uint64_t units) {
  if (window->phase == kPhaseMeasured) window->sent_count += units;
}

static inline void WindowCountUnits(Window* window, uint64_t units) {
  if (window->phase == kPhaseMeasured) window->message_count += units;
}

// Modes that wait for replies never sleep, they ask again: on a network no send of the server's has
// to wake the client's process; here the server would pay for that. Called once per turn of such a
// mode; the turns that follow one in which nothing had come are the load's idle time.
static inline void WindowNoteTurn(Window* window, bool is_idle, uint64_t now_ns) {
  const bool counts = is_idle && window->idle_since_ns != 0 && window->phase == kPhaseMeasured;
  if (counts) window->load_idle_ns += now_ns - window->idle_since_ns;
  window->idle_since_ns = is_idle ? now_ns : 0;
}

static inline void WindowRecord(Window* window, uint64_t latency_ns) {
  if (window->phase != kPhaseMeasured) return;
  window->message_count++;
  HistogramRecord(&window->latency, latency_ns);
}

#endif  // SAEA_BENCH_LOAD_WINDOW_H_
