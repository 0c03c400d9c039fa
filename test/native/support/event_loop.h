// A libuv loop that tests run turn by turn. Two bodies: uv_stand_in.cc, in which time is virtual
// and every misuse of a handle aborts, and uv_real.cc, over the libuv of this system
// (SAEA_REAL_LIBUV). event_loop_test.cc runs over both, and so keeps the stand-in honest.

#ifndef SAEA_TEST_NATIVE_SUPPORT_EVENT_LOOP_H_
#define SAEA_TEST_NATIVE_SUPPORT_EVENT_LOOP_H_

#include <uv.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace saea::test {

class EventLoop {
 public:
  EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;
  ~EventLoop();  // fails the test if a handle was not closed

  uv_loop_t* uv();

  // One turn: timers, idle, poll, check and closing handles. If nothing is ready it waits in the
  // poll phase, for at most so long and not at all if libuv would not wait.
  void RunTurn(int wait_ms = 0);

  // True if the loop would go on of its own accord: what keeps a process alive.
  bool is_alive() const;

  // Lets time pass, truly or virtually. The loop knows only when it next looks at the clock.
  void PassTime(uint32_t ms);

  // Handles whose close callback has not run.
  size_t open_handle_count() const;

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

#if !SAEA_REAL_LIBUV
// What only the stand-in can tell.
struct WatchCounts {
  uint32_t started = 0;  // uv_poll_start(): two epoll_ctl() calls each
  uint32_t stopped = 0;  // a watcher that was active became idle
};
WatchCounts WatchCountsOf(EventLoop& loop);
#endif

}  // namespace saea::test

#endif  // SAEA_TEST_NATIVE_SUPPORT_EVENT_LOOP_H_
