// The modes of `load`: one file each, one function each. A mode makes its connections, calls
// WindowStart(), loops until the window is in kPhaseDone, checks what it can, and returns; or it
// calls Fail(). To add one: a file of the shape of tcp_echo.c, a line here, a line in main.c, a
// line in CMakeLists.txt.

#ifndef SAEA_BENCH_LOAD_MODE_H_
#define SAEA_BENCH_LOAD_MODE_H_

#include "load/options.h"
#include "load/window.h"

// Messages over long-lived TCP connections; every byte has to come back.
void RunTcpEcho(const Options* options, Window* window);

// A connection per message: connect, send, receive, half-close, and wait for the server's end.
void RunTcpConnect(const Options* options, Window* window);

// Streams in one direction, over long-lived connections, in blocks of --size bytes. Fetch: a byte
// of request brings a block, whose bytes are checked. Push: a block brings a byte of
// acknowledgement. Their unit is the MiB.
void RunTcpFetch(const Options* options, Window* window);
void RunTcpPush(const Options* options, Window* window);

// Connections that do nothing, so that --marks can look at what they cost the server.
void RunTcpIdle(const Options* options, Window* window);

// Datagrams from long-lived sockets to one of the server's; what does not come back is counted.
void RunUdpEcho(const Options* options, Window* window);

// Datagrams in one direction, in blocks; a block is answered by one datagram. Nothing may be lost.
void RunUdpPush(const Options* options, Window* window);

#endif  // SAEA_BENCH_LOAD_MODE_H_
