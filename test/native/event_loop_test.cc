// The steered loop behaves as libuv's does, whichever body it has. Every other test stands on this.

#include "support/event_loop.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "support/faults.h"
#include "support/test.h"

namespace {

using saea::test::EventLoop;

// What the callbacks of a test have seen.
struct Log {
  std::string order;
  int status = 1;
  int events = 0;
};

template <typename Handle>
Log& LogOf(Handle* handle) {
  return *static_cast<Log*>(handle->data);
}

template <typename Handle>
uv_handle_t* Uv(Handle* handle) {
  return reinterpret_cast<uv_handle_t*>(handle);
}

void OnCheck(uv_check_t* handle) {
  LogOf(handle).order += 'c';
}

void OnIdle(uv_idle_t* handle) {
  LogOf(handle).order += 'i';
}

void OnTimer(uv_timer_t* handle) {
  LogOf(handle).order += 't';
}

void OnPoll(uv_poll_t* handle, int status, int events) {
  Log& log = LogOf(handle);
  log.order += 'p';
  log.status = status;
  log.events = events;
}

void OnClosed(uv_handle_t* handle) {
  LogOf(handle).order += 'x';
}

// A pair of connected sockets, the first of them polled.
struct Polled {
  explicit Polled(EventLoop& on) : loop(on) {
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == -1) std::abort();
    watcher.data = &log;
    error = uv_poll_init_socket(loop.uv(), &watcher, ends[0]);
  }
  Polled(const Polled&) = delete;
  Polled& operator=(const Polled&) = delete;
  ~Polled() {
    if (error == 0) uv_close(Uv(&watcher), nullptr);
    loop.RunTurn();
    for (const int end : ends) {
      if (end != -1) close(end);
    }
  }

  void Write() const { EXPECT_EQ(write(ends[1], "x", 1), 1); }
  void CloseOther() {
    close(ends[1]);
    ends[1] = -1;
  }

  EventLoop& loop;
  int ends[2] = {-1, -1};
  uv_poll_t watcher = {};
  Log log;
  int error;
};

}  // namespace

TEST(PhasesOfATurnComeInLibuvsOrder) {
  EventLoop loop;
  Polled polled(loop);
  uv_check_t check;
  uv_idle_t idle;
  uv_check_init(loop.uv(), &check);
  uv_idle_init(loop.uv(), &idle);
  check.data = idle.data = &polled.log;
  uv_check_start(&check, OnCheck);
  uv_idle_start(&idle, OnIdle);
  uv_poll_start(&polled.watcher, UV_READABLE, OnPoll);
  polled.Write();
  uv_close(Uv(&idle), OnClosed);  // does not run any more
  loop.RunTurn();
  EXPECT_EQ(polled.log.order, "pcx");
  uv_close(Uv(&check), OnClosed);
  EXPECT_EQ(loop.open_handle_count(), 2);
  loop.RunTurn();
  EXPECT_EQ(polled.log.order, "pcxpx");
}

TEST(ReadinessIsReportedForAsLongAsItLasts) {
  EventLoop loop;
  Polled polled(loop);
  uv_poll_start(&polled.watcher, UV_READABLE | UV_WRITABLE, OnPoll);
  loop.RunTurn();
  EXPECT_EQ(polled.log.events, UV_WRITABLE);
  polled.Write();
  loop.RunTurn();
  loop.RunTurn();
  EXPECT_EQ(polled.log.order, "ppp");
  EXPECT_EQ(polled.log.events, UV_READABLE | UV_WRITABLE);
  uv_poll_start(&polled.watcher, UV_READABLE, OnPoll);
  loop.RunTurn();
  EXPECT_EQ(polled.log.events, UV_READABLE);
  uv_poll_stop(&polled.watcher);
  loop.RunTurn();
  EXPECT_EQ(polled.log.order, "pppp");
}

TEST(HangUpIsReportedAsWhateverIsWatched) {
  EventLoop loop;
  Polled polled(loop);
  polled.CloseOther();
  uv_poll_start(&polled.watcher, UV_WRITABLE, OnPoll);
  loop.RunTurn();
  EXPECT_EQ(polled.log.status, 0);
  EXPECT_EQ(polled.log.events, UV_WRITABLE);
  uv_poll_start(&polled.watcher, UV_READABLE, OnPoll);
  loop.RunTurn();
  EXPECT_EQ(polled.log.events, UV_READABLE);
}

TEST(ErrorOnTheSocketIsReportedOnceAndEndsTheWatch) {
  EventLoop loop;
  Polled polled(loop);
  polled.Write();
  EXPECT_EQ(write(polled.ends[0], "y", 1), 1);  // unread at the other end: a reset
  uv_poll_start(&polled.watcher, UV_READABLE, OnPoll);
  polled.CloseOther();
  loop.RunTurn();
  EXPECT_LT(polled.log.status, 0);
  EXPECT_EQ(polled.log.events, 0);
  loop.RunTurn();
  EXPECT_EQ(polled.log.order, "p");
  EXPECT_FALSE(loop.is_alive());
}

TEST(ActiveReferencedHandlesKeepTheLoopAlive) {
  EventLoop loop;
  Polled polled(loop);
  EXPECT_FALSE(loop.is_alive());
  uv_poll_start(&polled.watcher, UV_READABLE, OnPoll);
  EXPECT_TRUE(loop.is_alive());
  uv_unref(Uv(&polled.watcher));
  EXPECT_FALSE(loop.is_alive());
  uv_ref(Uv(&polled.watcher));
  EXPECT_TRUE(loop.is_alive());
}

TEST(UnreferencedWatcherIsStillPolled) {
  EventLoop loop;
  Polled polled(loop);
  uv_poll_start(&polled.watcher, UV_READABLE, OnPoll);
  uv_unref(Uv(&polled.watcher));
  polled.Write();
  loop.RunTurn();
  EXPECT_EQ(polled.log.order, "p");
}

TEST(ClosingHandleKeepsTheLoopAliveUntilItsCallback) {
  EventLoop loop;
  uv_idle_t idle;
  Log log;
  uv_idle_init(loop.uv(), &idle);
  idle.data = &log;
  uv_unref(Uv(&idle));
  uv_close(Uv(&idle), OnClosed);
  EXPECT_TRUE(loop.is_alive());
  EXPECT_EQ(log.order, "");
  loop.RunTurn();
  EXPECT_EQ(log.order, "x");
  EXPECT_FALSE(loop.is_alive());
}

TEST(TimerCountsFromWhatTheLoopKnowsOfTheClock) {
  constexpr uint32_t kTimeMs = 30;
  EventLoop loop;
  uv_timer_t timer;
  Log log;
  uv_timer_init(loop.uv(), &timer);
  timer.data = &log;
  uv_update_time(loop.uv());
  loop.PassTime(kTimeMs);
  uv_timer_start(&timer, OnTimer, kTimeMs, 0);
  loop.RunTurn();
  EXPECT_EQ(log.order, "t");
  uv_timer_start(&timer, OnTimer, 100 * kTimeMs, 0);
  loop.PassTime(kTimeMs);
  loop.RunTurn();
  EXPECT_EQ(log.order, "t");
  uv_close(Uv(&timer), OnClosed);
  loop.RunTurn();
}

TEST(IdleHandleAndClosingHandleForbidWaiting) {
  constexpr int kLongMs = 30000;  // longer than this program may run
  EventLoop loop;
  Polled polled(loop);
  uv_poll_start(&polled.watcher, UV_READABLE, OnPoll);
  uv_idle_t idle;
  uv_idle_init(loop.uv(), &idle);
  idle.data = &polled.log;
  uv_idle_start(&idle, OnIdle);
  loop.RunTurn(kLongMs);
  uv_close(Uv(&idle), OnClosed);
  loop.RunTurn(kLongMs);
  EXPECT_EQ(polled.log.order, "ix");
}

TEST(DescriptorHasOneActiveWatcher) {
  EventLoop loop;
  Polled polled(loop);
  uv_poll_t second = {};
  REQUIRE_TRUE(uv_poll_init_socket(loop.uv(), &second, polled.ends[0]) == 0);
  uv_poll_start(&polled.watcher, UV_READABLE, OnPoll);
  EXPECT_EQ(uv_poll_start(&second, UV_READABLE, OnPoll), UV_EEXIST);
  uv_close(Uv(&second), nullptr);
  uv_poll_t third = {};
  EXPECT_EQ(uv_poll_init_socket(loop.uv(), &third, polled.ends[0]), UV_EEXIST);
}

TEST(WhatCannotBePolledIsRefused) {
  EventLoop loop;
  uv_poll_t watcher = {};
  FILE* file = tmpfile();
  REQUIRE_TRUE(file != nullptr);
  EXPECT_LT(uv_poll_init_socket(loop.uv(), &watcher, fileno(file)), 0);
  fclose(file);
  EXPECT_EQ(loop.open_handle_count(), 0);
}

#if !SAEA_REAL_LIBUV
// What follows libuv leaves undefined; only the stand-in looks.

TEST(MisuseOfAHandleAborts) {
  EventLoop loop;
  Polled polled(loop);
  uv_idle_t idle;
  EXPECT_ABORT(uv_idle_start(&idle, OnIdle));
  uv_idle_init(loop.uv(), &idle);
  EXPECT_ABORT(uv_idle_init(loop.uv(), &idle));
  uv_close(Uv(&idle), nullptr);
  EXPECT_ABORT(uv_close(Uv(&idle), nullptr));
  EXPECT_ABORT(uv_idle_start(&idle, OnIdle));
  loop.RunTurn();
  EXPECT_ABORT(uv_close(Uv(&idle), nullptr));
}

TEST(ClosingAWatchedDescriptorAborts) {
  REQUIRE_WRAPPED_CALLS();
  EventLoop loop;
  Polled polled(loop);
  uv_poll_start(&polled.watcher, UV_READABLE, OnPoll);
  EXPECT_ABORT(close(polled.ends[0]));
  uv_poll_stop(&polled.watcher);
}

TEST(OverwritingAHandleBeforeItIsClosedAborts) {
  EventLoop loop;
  uv_idle_t idle;
  uv_idle_init(loop.uv(), &idle);
  uv_close(Uv(&idle), nullptr);
  EXPECT_ABORT({
    idle = {};
    loop.RunTurn();
  });
  loop.RunTurn();
}
#endif
