// The books that the stand-in for libuv keeps about every handle. Shared by uv_stand_in.cc, which
// runs the loop, and uv_stand_in_handles.cc, which has libuv's functions; tests use event_loop.h.

#ifndef SAEA_TEST_NATIVE_SUPPORT_UV_STAND_IN_H_
#define SAEA_TEST_NATIVE_SUPPORT_UV_STAND_IN_H_

#include <uv.h>

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "support/event_loop.h"

namespace saea::test::stand_in {

struct Books;

// What is known about one handle, from its init to its close callback.
struct Handle {
  uv_handle_t* uv;
  Books* books;
  uint64_t serial;  // tells a handle from a later one at the same address
  bool is_active = false;
  bool is_in_kernel =
      false;  // a watcher: until it is stopped or closed, which an error does not do
  bool is_referenced = true;
  bool is_closing = false;
  uv_close_cb on_closed = nullptr;
  uv_check_cb on_check = nullptr;
  uv_idle_cb on_idle = nullptr;
  uv_timer_cb on_timer = nullptr;
  uv_poll_cb on_poll = nullptr;
  uint64_t due_ms = 0;
  int descriptor = -1;
  int events = 0;
  uint32_t watch = 0;  // how often it was started: each start forgets what was seen before it
};

// What was queued for the thread pool.
struct Work {
  uv_work_t* uv;
  uv_work_cb run;
  uv_after_work_cb done;
};

// One loop; uv_loop_t::data leads here.
struct Books {
  uv_loop_t uv;
  std::unordered_map<const void*, Handle> handles;
  std::vector<uv_handle_t*> closing;
  std::vector<Work> works;
  uint64_t serial = 0;
  uint64_t clock_ms = 1;
  uint64_t time_ms = 1;  // the clock when the loop last looked at it
  WatchCounts counts;
};

// The books of every loop that lives.
std::vector<Books*>& Loops();

inline Books& BooksOf(const uv_loop_t* loop) {
  return *static_cast<Books*>(loop->data);
}

[[noreturn]] void Misuse(const char* function, const char* what);

// The handle at this address, or null.
Handle* Find(const void* uv);

// The handle at this address; it must be known, and for Open() not closing.
Handle& Known(const char* function, const void* uv);
Handle& Open(const char* function, const void* uv);

// The active watcher of a descriptor, or null; and whether the kernel watches it.
Handle* WatcherOf(Books& books, int descriptor);
bool IsInKernel(Books& books, int descriptor);

void Stop(Handle& handle);

}  // namespace saea::test::stand_in

#endif  // SAEA_TEST_NATIVE_SUPPORT_UV_STAND_IN_H_
