// The functions of libuv that native/engine calls, over the books of the stand-in. They abort on
// what libuv leaves undefined: a handle used before its init or after its close, or closed twice.

#include <fcntl.h>
#include <sys/stat.h>

#include "support/uv_stand_in.h"

namespace {

using saea::test::stand_in::Books;
using saea::test::stand_in::BooksOf;
using saea::test::stand_in::Find;
using saea::test::stand_in::Handle;
using saea::test::stand_in::Known;
using saea::test::stand_in::Misuse;
using saea::test::stand_in::Open;
using saea::test::stand_in::Stop;
using saea::test::stand_in::WatcherOf;

Handle& Init(const char* function, uv_loop_t* loop, void* at, uv_handle_type type) {
  if (Find(at) != nullptr) Misuse(function, "the handle is in use");
  auto* uv = static_cast<uv_handle_t*>(at);
  uv->type = type;
  uv->loop = loop;
  Books& books = BooksOf(loop);
  const Handle handle = {uv, &books, ++books.serial};
  return books.handles.emplace(at, handle).first->second;
}

// epoll_ctl() refuses what cannot be polled.
int CheckDescriptor(int descriptor) {
  struct stat status = {};
  if (fstat(descriptor, &status) == -1) return UV_EBADF;
  return S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) ? UV_EPERM : 0;
}

}  // namespace

void uv_update_time(uv_loop_t* loop) {
  Books& books = BooksOf(loop);
  books.time_ms = books.clock_ms;
}

uint64_t uv_now(const uv_loop_t* loop) {
  return BooksOf(loop).time_ms;
}

void uv_ref(uv_handle_t* handle) {
  Known("uv_ref", handle).is_referenced = true;
}

void uv_unref(uv_handle_t* handle) {
  Known("uv_unref", handle).is_referenced = false;
}

void uv_close(uv_handle_t* handle, uv_close_cb on_closed) {
  Handle& closed = Open("uv_close", handle);
  Stop(closed);
  closed.is_in_kernel = false;
  closed.is_closing = true;
  closed.on_closed = on_closed;
  closed.books->closing.push_back(handle);
}

int uv_check_init(uv_loop_t* loop, uv_check_t* check) {
  Init("uv_check_init", loop, check, UV_CHECK);
  return 0;
}

int uv_check_start(uv_check_t* check, uv_check_cb on_check) {
  Handle& handle = Open("uv_check_start", check);
  handle.on_check = on_check;
  handle.is_active = true;
  return 0;
}

uv_os_fd_t uv_get_osfhandle(int fd) {
  return fd;
}

int uv_queue_work(uv_loop_t* loop, uv_work_t* work, uv_work_cb run, uv_after_work_cb done) {
  BooksOf(loop).works.push_back({work, run, done});
  return 0;
}

int uv_idle_init(uv_loop_t* loop, uv_idle_t* idle) {
  Init("uv_idle_init", loop, idle, UV_IDLE);
  return 0;
}

int uv_idle_start(uv_idle_t* idle, uv_idle_cb on_idle) {
  Handle& handle = Open("uv_idle_start", idle);
  handle.on_idle = on_idle;
  handle.is_active = true;
  return 0;
}

int uv_idle_stop(uv_idle_t* idle) {
  Stop(Open("uv_idle_stop", idle));
  return 0;
}

int uv_timer_init(uv_loop_t* loop, uv_timer_t* timer) {
  Init("uv_timer_init", loop, timer, UV_TIMER);
  return 0;
}

int uv_timer_start(uv_timer_t* timer, uv_timer_cb on_timer, uint64_t timeout, uint64_t repeat) {
  Handle& handle = Open("uv_timer_start", timer);
  if (repeat != 0) Misuse("uv_timer_start", "the stand-in knows no repeating timers");
  handle.on_timer = on_timer;
  handle.due_ms = handle.books->time_ms + timeout;
  handle.is_active = true;
  return 0;
}

int uv_poll_init_socket(uv_loop_t* loop, uv_poll_t* poll, uv_os_sock_t descriptor) {
  if (WatcherOf(BooksOf(loop), descriptor) != nullptr) return UV_EEXIST;
  const int error = CheckDescriptor(descriptor);
  if (error != 0) return error;
  const int flags = fcntl(descriptor, F_GETFL);
  if (fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == -1) return UV_EBADF;
  Init("uv_poll_init_socket", loop, poll, UV_POLL).descriptor = descriptor;
  return 0;
}

int uv_poll_start(uv_poll_t* poll, int events, uv_poll_cb on_poll) {
  Handle& handle = Open("uv_poll_start", poll);
  const Handle* other = WatcherOf(*handle.books, handle.descriptor);
  if (other != nullptr && other != &handle) return UV_EEXIST;
  Stop(handle);
  handle.is_in_kernel = events != 0;
  if (events == 0) return 0;
  ++handle.books->counts.started;
  ++handle.watch;
  handle.events = events;
  handle.on_poll = on_poll;
  handle.is_active = true;
  return 0;
}

int uv_poll_stop(uv_poll_t* poll) {
  Handle& handle = Open("uv_poll_stop", poll);
  Stop(handle);
  handle.is_in_kernel = false;
  return 0;
}
