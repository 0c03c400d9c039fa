// Printing the result of a run; see report.h.

#include "load/report.h"

#include <inttypes.h>
#include <stdio.h>

#include "common/clock.h"

static void PrintServer(const Window* window, double seconds) {
  if (window->options->server_pid == 0) {
    printf("\"server\":null,");
    return;
  }
  const pid_t pid = (pid_t)window->options->server_pid;
  const ServerCost cost = ServerCostBetween(pid, &window->server_started, &window->server_ended);
  const double messages = window->message_count > 0 ? (double)window->message_count : 1;
  printf("\"server\":{\"cpuNs\":%" PRIu64 ",\"cpuUsPerMessage\":%.4f,\"mainThreadCpuNs\":%" PRIu64,
         cost.cpu_ns, (double)cost.cpu_ns / 1000 / messages, cost.main_thread_cpu_ns);
  printf(",\"busyShare\":%.4f,\"waitShare\":%.4f", NsToSeconds(cost.cpu_ns) / seconds,
         NsToSeconds(cost.main_thread_wait_ns) / seconds);
  printf(",\"threads\":%zu,\"threadsStarted\":%" PRIu32 ",\"threadsEnded\":%" PRIu32,
         window->server_ended.thread_count, cost.threads_started, cost.threads_ended);
  printf(",\"residentBytes\":%" PRIu64 ",\"peakResidentBytes\":%" PRIu64 "},",
         window->server_memory.resident_bytes, window->server_memory.peak_resident_bytes);
}

static void PrintLatency(const Histogram* latency) {
  printf("\"latencyUs\":{\"p50\":%.3f,\"p99\":%.3f,\"p999\":%.3f,\"max\":%.3f},",
         HistogramPercentileUs(latency, 50), HistogramPercentileUs(latency, 99),
         HistogramPercentileUs(latency, 99.9), (double)latency->maximum_ns / 1000);
}

void PrintReport(const Window* window) {
  const Options* options = window->options;
  const double seconds = NsToSeconds(window->ended_ns - window->started_ns);
  const uint64_t load_cpu_ns = window->load_ended_cpu_ns - window->load_started_cpu_ns;
  printf("{\"mode\":\"%s\",\"connections\":%" PRIu32 ",\"sizeBytes\":%" PRIu32, options->mode,
         options->connection_count, options->size_bytes);
  printf(",\"depth\":%" PRIu32 ",\"ratePerSecond\":%.3f,", options->depth,
         options->rate_per_second);
  printf("\"seconds\":%.6f,\"messages\":%" PRIu64 ",\"messagesPerSecond\":%.3f,", seconds,
         window->message_count, (double)window->message_count / seconds);
  printf("\"backlog\":%" PRIu64 ",\"comparedBytes\":%" PRIu64 ",", window->backlog_count,
         window->compared_bytes);
  PrintLatency(&window->latency);
  PrintServer(window, seconds);
  // Idle is by the clock: where the load had to share its core, some of it was not on the core.
  const uint64_t idle_ns = window->load_idle_ns;
  const uint64_t load_busy_ns = load_cpu_ns > idle_ns ? load_cpu_ns - idle_ns : 0;
  printf("\"load\":{\"cpuNs\":%" PRIu64 ",\"busyShare\":%.4f}}\n", load_cpu_ns,
         NsToSeconds(load_busy_ns) / seconds);
}
