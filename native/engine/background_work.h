// One piece of work on libuv's thread pool, for the calls that may wait for a disk. It is the only
// thing of ours that runs on another thread, and it sees nothing but its own context.

#ifndef SAEA_ENGINE_BACKGROUND_WORK_H_
#define SAEA_ENGINE_BACKGROUND_WORK_H_

#include <uv.h>

#include "engine/loop.h"

namespace saea::engine {

class BackgroundWork {
 public:
  // run is called on another thread; then done, on the loop's own. Both are given the context,
  // which must stay good until done has run: work that runs cannot be taken back, not even when its
  // environment goes. Returns libuv's error if the work could not be queued; then done never runs.
  static int Queue(Loop& loop, void* context, void (*run)(void* context),
                   void (*done)(void* context));

  BackgroundWork(const BackgroundWork&) = delete;
  BackgroundWork& operator=(const BackgroundWork&) = delete;

 private:
  BackgroundWork(Loop& loop, void* context, void (*run)(void*), void (*done)(void*))
      : loop_(loop), context_(context), run_(run), done_(done) {}
  ~BackgroundWork() = default;

  static void OnWork(uv_work_t* work);
  static void OnAfterWork(uv_work_t* work, int status);

  Loop& loop_;
  void* const context_;
  void (*const run_)(void*);
  void (*const done_)(void*);
  uv_work_t work_;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_BACKGROUND_WORK_H_
