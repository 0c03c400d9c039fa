// The load generator: `load MODE --port P …` drives one server on 127.0.0.1 from one thread, checks
// what comes back, and prints one JSON object. Exit code 0 means that everything came back right.

#include <stdlib.h>
#include <string.h>

#include "common/fail.h"
#include "common/system.h"
#include "load/mode.h"
#include "load/report.h"

typedef struct Mode {
  const char* name;
  void (*run)(const Options* options, Window* window);
} Mode;

static const Mode kModes[] = {
    {"tcp-connect", RunTcpConnect}, {"tcp-echo", RunTcpEcho}, {"tcp-fetch", RunTcpFetch},
    {"tcp-idle", RunTcpIdle},       {"tcp-push", RunTcpPush}, {"udp-echo", RunUdpEcho},
    {"udp-push", RunUdpPush},
};

static const Mode* FindMode(const char* name) {
  for (size_t i = 0; i < sizeof(kModes) / sizeof(kModes[0]); i++) {
    if (strcmp(kModes[i].name, name) == 0) return &kModes[i];
  }
  FailUsage("there is no mode '%s'", name);
}

int main(int argc, char** argv) {
  const Options options = ReadOptions(argc, argv);
  const Mode* mode = FindMode(options.mode);
  RaiseDescriptorLimit();
  Window* window = Allocate(1, sizeof(Window));
  mode->run(&options, window);
  PrintReport(window);
  FreeWindow(window);
  free(window);
  return EXIT_SUCCESS;
}
