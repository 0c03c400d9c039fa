// The command line of `load`; see options.h.

#include "load/options.h"

#include "common/arguments.h"
#include "common/fail.h"
#include "load/pattern.h"

static const double kLargest = 1e15;  // Whole numbers below this are exact in a double.
static const double kLongestSeconds = 86400;

static void CheckOptions(const Options* options) {
  if (options->port == 0) FailUsage("--port is needed");
  if (options->rate_per_second > 0 && options->message_limit > 0) {
    FailUsage("--rate and --messages exclude each other");
  }
}

Options ReadOptions(int argc, char** argv) {
  Options options = {
      .connection_count = 1,
      .size_bytes = 64,
      .period_bytes = kPatternPeriod,
      .depth = 1,
      .block_count = 1,
      .warmup_seconds = 1,
      .measured_seconds = 3,
      .timeout_seconds = 5,
  };
  const Argument arguments[] = {
      {"port", kArgumentUint32, &options.port, 1, 65535, "the server's port on 127.0.0.1"},
      {"connections", kArgumentUint32, &options.connection_count, 1, 1000000, "how many (1)"},
      {"size", kArgumentUint32, &options.size_bytes, 1, 1 << 30,
       "bytes of a message or a block (64)"},
      {"period", kArgumentUint32, &options.period_bytes, 1, 1 << 24,
       "bytes after which what a source sends repeats (65521)"},
      {"depth", kArgumentUint32, &options.depth, 1, 4096, "messages in flight per connection (1)"},
      {"block", kArgumentUint32, &options.block_count, 1, 4096,
       "datagrams that the server answers together (1)"},
      {"warmup", kArgumentDouble, &options.warmup_seconds, 0, kLongestSeconds,
       "seconds before the measured window (1)"},
      {"seconds", kArgumentDouble, &options.measured_seconds, 0.01, kLongestSeconds,
       "length of the measured window (3)"},
      {"messages", kArgumentUint64, &options.message_limit, 1, kLargest,
       "measure exactly so many messages instead, nothing in flight before and after"},
      {"rate", kArgumentDouble, &options.rate_per_second, 1, kLargest,
       "messages per second in all, sent by the clock; else each reply sends the next"},
      {"timeout", kArgumentDouble, &options.timeout_seconds, 0.01, kLongestSeconds,
       "seconds any one wait may last (5)"},
      {"server-pid", kArgumentUint32, &options.server_pid, 1, kLargest,
       "the process whose CPU time and memory to report"},
      {"marks", kArgumentFlag, &options.has_marks, 0, 0,
       "at both ends of the window print 'mark start|end' on stderr, go on after a line on stdin"},
  };
  if (argc < 2) FailUsage("which mode? (load MODE --help lists the options)");
  options.mode = argv[1];
  ParseArguments(argc - 2, argv + 2, "load MODE [options]", arguments,
                 sizeof(arguments) / sizeof(arguments[0]));
  CheckOptions(&options);
  return options;
}
