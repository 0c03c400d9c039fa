// The one JSON object that a run prints on standard output. bench/support/load-report.ts is its
// reader; bench/README.md says what the fields mean.

#ifndef SAEA_BENCH_LOAD_REPORT_H_
#define SAEA_BENCH_LOAD_REPORT_H_

#include "load/window.h"

void PrintReport(const Window* window);

#endif  // SAEA_BENCH_LOAD_REPORT_H_
