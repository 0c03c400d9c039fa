// Making the connections of a run, all of them before its warm-up. Ends the program when one is
// refused or not made in time.

#ifndef SAEA_BENCH_LOAD_CONNECT_H_
#define SAEA_BENCH_LOAD_CONNECT_H_

#include <stdint.h>

#include "load/options.h"

// A connected, non-blocking socket without delay. `index` only serves the message of a failure.
int Connect(const Options* options, uint32_t index);

// A non-blocking datagram socket that sends to the server and hears nobody else.
int ConnectDatagram(const Options* options, uint32_t index);

#endif  // SAEA_BENCH_LOAD_CONNECT_H_
