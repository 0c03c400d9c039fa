// What to do about our own bugs: stop, and say where. Bad input and bad weather never get here;
// lib throws for the first, and the second is a SocketError. Checks stay on in release builds.

#ifndef SAEA_ENGINE_CHECK_H_
#define SAEA_ENGINE_CHECK_H_

#include <cstdio>
#include <cstdlib>

namespace saea::engine {

[[noreturn]] inline void CheckFailed(const char* file, int line, const char* what) {
  std::fprintf(stderr, "socket-async-event-args: %s:%d: check failed: %s\n", file, line, what);
  std::fflush(stderr);
  std::abort();
}

}  // namespace saea::engine

#define CHECK(condition) \
  ((condition) ? (void)0 : ::saea::engine::CheckFailed(__FILE__, __LINE__, #condition))

#define UNREACHABLE() ::saea::engine::CheckFailed(__FILE__, __LINE__, "unreachable")

#endif  // SAEA_ENGINE_CHECK_H_
