// The phases of a run; see window.h.

#include "load/window.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/fail.h"

static uint64_t LoadCpuNs(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return TimespecNs(time);
}

void Mark(const Options* options, const char* name) {
  if (!options->has_marks) return;
  fprintf(stderr, "mark %s\n", name);
  const uint64_t deadline_ns = NowNs() + SecondsToNs(options->timeout_seconds);
  for (char byte = 0; byte != '\n';) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    const uint64_t now_ns = NowNs();
    const uint64_t left_ms = now_ns < deadline_ns ? (deadline_ns - now_ns) / 1000000 : 0;
    const int ready = poll(&input, 1, (int)left_ms);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) FailErrno("cannot wait for the answer to 'mark %s'", name);
    if (ready == 0) Fail("no line on standard input answered 'mark %s' in time", name);
    if (read(STDIN_FILENO, &byte, 1) != 1) Fail("standard input ended before 'mark %s'", name);
  }
}

static void BeginMeasured(Window* window) {
  const pid_t pid = (pid_t)window->options->server_pid;
  window->phase = kPhaseMeasured;
  if (pid != 0) window->server_started = ReadServerTime(pid);
  window->load_started_cpu_ns = LoadCpuNs();
  window->started_ns = NowNs();
  window->phase_ends_ns = window->started_ns + SecondsToNs(window->options->measured_seconds);
}

static void EndMeasured(Window* window) {
  const pid_t pid = (pid_t)window->options->server_pid;
  window->phase = kPhaseDraining;
  // The same order as at the start, so that what the readings themselves take cancels out.
  if (pid != 0) window->server_ended = ReadServerTime(pid);
  window->load_ended_cpu_ns = LoadCpuNs();
  window->ended_ns = NowNs();
  if (pid != 0) window->server_memory = ReadServerMemory(pid);
}

static bool IsMeasuredOver(const Window* window, uint64_t now_ns) {
  const uint64_t limit = window->options->message_limit;
  return limit > 0 ? window->message_count >= limit : now_ns >= window->phase_ends_ns;
}

void WindowStart(Window* window, const Options* options, uint64_t now_ns) {
  if (options->has_marks && options->message_limit == 0) {
    FailUsage(
        "--marks needs --messages: only such a window starts and ends with nothing in flight");
  }
  window->options = options;
  window->phase = kPhaseWarmup;
  window->phase_ends_ns = now_ns + SecondsToNs(options->warmup_seconds);
}

bool WindowAdvance(Window* window, uint64_t now_ns, uint64_t in_flight_count) {
  if (window->phase == kPhaseWarmup && now_ns >= window->phase_ends_ns) {
    if (window->options->message_limit == 0) {
      BeginMeasured(window);
      return false;
    }
    window->phase = kPhaseSettling;
  }
  if (window->phase == kPhaseSettling && in_flight_count == 0) {
    // Nothing is in flight now, nor at the end: what is read between the two marks belongs to
    // exactly the messages between them.
    Mark(window->options, "start");
    BeginMeasured(window);
    return true;
  }
  if (window->phase == kPhaseMeasured && IsMeasuredOver(window, now_ns)) {
    EndMeasured(window);
    Mark(window->options, "end");
  }
  if (window->phase == kPhaseDraining && in_flight_count == 0) window->phase = kPhaseDone;
  return false;
}

void FreeWindow(Window* window) {
  FreeServerTime(&window->server_started);
  FreeServerTime(&window->server_ended);
}
