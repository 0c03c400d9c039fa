// The loop of the stand-in: libuv's phases over poll(2), in libuv's order.

#include "support/uv_stand_in.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "support/faults.h"
#include "support/test.h"

namespace saea::test {

namespace stand_in {

std::vector<Books*>& Loops() {
  static std::vector<Books*> loops;
  return loops;
}

void Misuse(const char* function, const char* what) {
  std::fprintf(stderr, "%s: %s\n", function, what);
  std::abort();
}

Handle* Find(const void* uv) {
  for (Books* books : Loops()) {
    const auto found = books->handles.find(uv);
    if (found != books->handles.end()) return &found->second;
  }
  return nullptr;
}

// The type is read from the handle itself, so that the address sanitizer sees one that was freed
// before its close callback.
Handle& Known(const char* function, const void* uv) {
  Handle* handle = Find(uv);
  if (handle == nullptr) Misuse(function, "the handle was not initialised, or is closed");
  if (handle->uv->type == UV_UNKNOWN_HANDLE) Misuse(function, "the handle was written over");
  return *handle;
}

Handle& Open(const char* function, const void* uv) {
  Handle& handle = Known(function, uv);
  if (handle.is_closing) Misuse(function, "the handle is closing");
  return handle;
}

Handle* WatcherOf(Books& books, int descriptor) {
  for (auto& [at, handle] : books.handles) {
    const bool is_watcher = handle.uv->type == UV_POLL && handle.is_active;
    if (is_watcher && handle.descriptor == descriptor) return &handle;
  }
  return nullptr;
}

bool IsInKernel(Books& books, int descriptor) {
  return std::any_of(books.handles.begin(), books.handles.end(), [descriptor](const auto& each) {
    return each.second.is_in_kernel && each.second.descriptor == descriptor;
  });
}

void Stop(Handle& handle) {
  if (handle.is_active && handle.uv->type == UV_POLL) ++handle.books->counts.stopped;
  handle.is_active = false;
}

}  // namespace stand_in

namespace {

using stand_in::Books;
using stand_in::Find;
using stand_in::Handle;
using stand_in::Misuse;

void OnClosingDescriptor(int descriptor) {
  for (Books* books : stand_in::Loops()) {
    if (stand_in::IsInKernel(*books, descriptor)) {
      Misuse("close", "the descriptor is still watched");
    }
  }
}

short ToPoll(int events) {
  const int readable = (events & UV_READABLE) != 0 ? POLLIN : 0;
  const int writable = (events & UV_WRITABLE) != 0 ? POLLOUT : 0;
  return static_cast<short>(readable | writable);
}

// As uv__io_poll() and uv__poll_io() do it: a bare hang-up stands for whatever is watched, and an
// error stops the watcher.
void Report(Handle& handle, short revents) {
  if ((revents & POLLNVAL) != 0) Misuse("poll", "a watched descriptor is closed");
  int found = revents & (ToPoll(handle.events) | POLLERR | POLLHUP);
  if (found == POLLERR || found == POLLHUP) found |= ToPoll(handle.events);
  auto* uv = reinterpret_cast<uv_poll_t*>(handle.uv);
  if ((found & POLLERR) != 0) {
    stand_in::Stop(handle);
    handle.on_poll(uv, UV_EBADF, 0);
    return;
  }
  const int readable = (found & POLLIN) != 0 ? UV_READABLE : 0;
  const int writable = (found & POLLOUT) != 0 ? UV_WRITABLE : 0;
  if ((readable | writable) != 0) handle.on_poll(uv, 0, readable | writable);
}

// The active handles of one type, oldest first.
std::vector<Handle> Active(const Books& books, uv_handle_type type) {
  std::vector<Handle> active;
  for (const auto& [at, handle] : books.handles) {
    if (handle.is_active && handle.uv->type == type) active.push_back(handle);
  }
  std::sort(active.begin(), active.end(),
            [](const Handle& a, const Handle& b) { return a.serial < b.serial; });
  return active;
}

// The handle as it is now; null if a callback has stopped, closed or started it since it was seen.
Handle* Again(const Handle& seen) {
  Handle* handle = Find(seen.uv);
  const bool is_same =
      handle != nullptr && handle->serial == seen.serial && handle->watch == seen.watch;
  return is_same && handle->is_active ? handle : nullptr;
}

void RunTimers(const Books& books) {
  for (const Handle& seen : Active(books, UV_TIMER)) {
    Handle* handle = Again(seen);
    if (handle == nullptr || handle->due_ms > books.time_ms) continue;
    stand_in::Stop(*handle);
    seen.on_timer(reinterpret_cast<uv_timer_t*>(seen.uv));
  }
}

void RunPoll(const Books& books, int wait_ms) {
  const std::vector<Handle> watchers = Active(books, UV_POLL);
  std::vector<pollfd> polled;
  polled.reserve(watchers.size());
  for (const Handle& each : watchers) {
    polled.push_back({each.descriptor, ToPoll(each.events), 0});
  }
  const bool is_quiet = books.closing.empty() && books.works.empty();
  const bool may_wait = is_quiet && Active(books, UV_IDLE).empty();
  while (poll(polled.data(), polled.size(), may_wait ? wait_ms : 0) == -1 && errno == EINTR) {
  }
  for (size_t i = 0; i < polled.size(); ++i) {
    Handle* handle = polled[i].revents == 0 ? nullptr : Again(watchers[i]);
    if (handle != nullptr) Report(*handle, polled[i].revents);
  }
}

// What the pool has done since the last turn; it does it here, on the loop's own thread.
void RunWorks(Books& books) {
  std::vector<stand_in::Work> batch;
  batch.swap(books.works);
  for (const stand_in::Work& work : batch) {
    work.run(work.uv);
    work.done(work.uv, 0);
  }
}

void RunClosing(Books& books) {
  std::vector<uv_handle_t*> batch;
  batch.swap(books.closing);
  for (auto at = batch.rbegin(); at != batch.rend(); ++at) {
    const uv_close_cb on_closed = stand_in::Known("closing", *at).on_closed;
    books.handles.erase(*at);
    if (on_closed != nullptr) on_closed(*at);
  }
}

}  // namespace

struct EventLoop::State {
  Books books;
};

EventLoop::EventLoop() : state_(std::make_unique<State>()) {
  state_->books.uv.data = &state_->books;
  stand_in::Loops().push_back(&state_->books);
  ObserveClose(OnClosingDescriptor);
}

EventLoop::~EventLoop() {
  const size_t left = open_handle_count();
  if (left > 0) Fail(__FILE__, __LINE__, "no open handles, but there are " + Describe(left));
  auto& loops = stand_in::Loops();
  loops.erase(std::find(loops.begin(), loops.end(), &state_->books));
}

uv_loop_t* EventLoop::uv() {
  return &state_->books.uv;
}

void EventLoop::RunTurn(int wait_ms) {
  Books& books = state_->books;
  uv_update_time(uv());
  RunTimers(books);
  for (const Handle& seen : Active(books, UV_IDLE)) {
    if (Again(seen) != nullptr) seen.on_idle(reinterpret_cast<uv_idle_t*>(seen.uv));
  }
  RunPoll(books, wait_ms);
  RunWorks(books);
  for (const Handle& seen : Active(books, UV_CHECK)) {
    if (Again(seen) != nullptr) seen.on_check(reinterpret_cast<uv_check_t*>(seen.uv));
  }
  RunClosing(books);
}

bool EventLoop::is_alive() const {
  if (!state_->books.works.empty()) return true;
  const auto& handles = state_->books.handles;
  return std::any_of(handles.begin(), handles.end(), [](const auto& entry) {
    const Handle& handle = entry.second;
    return handle.is_closing || (handle.is_active && handle.is_referenced);
  });
}

void EventLoop::PassTime(uint32_t ms) {
  state_->books.clock_ms += ms;
}

size_t EventLoop::open_handle_count() const {
  return state_->books.handles.size();
}

WatchCounts WatchCountsOf(EventLoop& loop) {
  return stand_in::BooksOf(loop.uv()).counts;
}

}  // namespace saea::test
