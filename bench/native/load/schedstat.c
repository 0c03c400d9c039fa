// The scheduler's accounting of another process; see schedstat.h.
//
// /proc/PID/task/TID/schedstat has, per living thread, nanoseconds on a core and nanoseconds spent
// ready but waiting for one. A thread that is on a core right now is accounted up to its last
// scheduler tick, at most 10 ms ago: below half a percent of a window of two seconds, and as often
// too little at its start as at its end.
//
// A thread that ended takes its file with it. The process's CPU clock keeps its time, so that clock
// (the same counters, summed over living and ended threads) is read beside the files.

#include "load/schedstat.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/clock.h"
#include "common/fail.h"

enum { kPathCapacity = 64 };

static uint64_t ReadProcessClock(pid_t pid) {
  clockid_t clock;
  struct timespec time;
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0) {
    Fail("cannot read the CPU clock of server process %d: has it ended?", pid);
  }
  return TimespecNs(time);
}

// False when the thread ended between the listing of its folder and the reading of its file.
static bool ReadThreadTime(pid_t pid, uint32_t thread_id, ThreadTime* thread) {
  char path[kPathCapacity];
  snprintf(path, sizeof(path), "/proc/%d/task/%" PRIu32 "/schedstat", pid, thread_id);
  FILE* file = fopen(path, "re");
  if (file == NULL) return false;
  thread->thread_id = thread_id;
  const int fields = fscanf(file, "%" SCNu64 " %" SCNu64, &thread->cpu_ns, &thread->wait_ns);
  fclose(file);
  return fields == 2;
}

ServerTime ReadServerTime(pid_t pid) {
  char path[kPathCapacity];
  snprintf(path, sizeof(path), "/proc/%d/task", pid);
  DIR* folder = opendir(path);
  if (folder == NULL) FailErrno("cannot list the threads of server process %d", pid);
  ServerTime time = {.process_cpu_ns = ReadProcessClock(pid)};
  size_t capacity = 0;
  for (const struct dirent* entry; (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    if (time.thread_count == capacity) {
      capacity = capacity * 2 + 16;
      time.threads = realloc(time.threads, capacity * sizeof(ThreadTime));
      if (time.threads == NULL) Fail("no memory for %zu threads", capacity);
    }
    const uint32_t thread_id = (uint32_t)strtoul(entry->d_name, NULL, 10);
    time.thread_count += (size_t)ReadThreadTime(pid, thread_id, &time.threads[time.thread_count]);
  }
  closedir(folder);
  if (time.thread_count == 0) {
    Fail("server process %d has ended, or this kernel has no /proc/PID/task/TID/schedstat", pid);
  }
  return time;
}

void FreeServerTime(ServerTime* time) {
  free(time->threads);
  *time = (ServerTime){0};
}

static const ThreadTime* FindThread(const ServerTime* time, uint32_t thread_id) {
  for (size_t i = 0; i < time->thread_count; i++) {
    if (time->threads[i].thread_id == thread_id) return &time->threads[i];
  }
  return NULL;
}

ServerCost ServerCostBetween(pid_t pid, const ServerTime* start, const ServerTime* end) {
  ServerCost cost = {0};
  size_t survivors = 0;
  for (size_t i = 0; i < end->thread_count; i++) {
    const ThreadTime* now = &end->threads[i];
    const ThreadTime* then = FindThread(start, now->thread_id);
    const ThreadTime nothing = {0};
    // Started in between: all of its time belongs to the window.
    if (then == NULL) then = &nothing;
    survivors += then != &nothing;
    cost.threads_started += then == &nothing;
    cost.cpu_ns += now->cpu_ns - then->cpu_ns;
    // The main thread carries the process's number.
    if (now->thread_id != (uint32_t)pid) continue;
    cost.main_thread_cpu_ns = now->cpu_ns - then->cpu_ns;
    cost.main_thread_wait_ns = now->wait_ns - then->wait_ns;
  }
  cost.threads_ended = (uint32_t)(start->thread_count - survivors);
  // The process clock knows what the ended threads cost, also those that nobody saw alive: with any
  // of them it is ahead of the files, without them the two are microseconds apart.
  const uint64_t process_ns = end->process_cpu_ns - start->process_cpu_ns;
  if (process_ns > cost.cpu_ns) cost.cpu_ns = process_ns;
  return cost;
}

ServerMemory ReadServerMemory(pid_t pid) {
  char path[kPathCapacity];
  snprintf(path, sizeof(path), "/proc/%d/status", pid);
  FILE* file = fopen(path, "re");
  if (file == NULL) FailErrno("cannot read the memory of server process %d", pid);
  ServerMemory memory = {0};
  char line[256];
  while (fgets(line, sizeof(line), file) != NULL) {
    uint64_t kib = 0;
    if (sscanf(line, "VmRSS: %" SCNu64 " kB", &kib) == 1) memory.resident_bytes = kib * 1024;
    if (sscanf(line, "VmHWM: %" SCNu64 " kB", &kib) == 1) memory.peak_resident_bytes = kib * 1024;
  }
  fclose(file);
  return memory;
}
