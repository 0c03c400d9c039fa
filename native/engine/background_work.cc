#include "engine/background_work.h"

namespace saea::engine {

int BackgroundWork::Queue(Loop& loop, void* context, void (*run)(void*), void (*done)(void*)) {
  auto* background = new BackgroundWork(loop, context, run, done);
  background->work_.data = background;
  const int error = uv_queue_work(loop.uv(), &background->work_, OnWork, OnAfterWork);
  if (error != 0) {
    delete background;
    return error;
  }
  loop.HandleOpened();
  return 0;
}

void BackgroundWork::OnWork(uv_work_t* work) {
  const auto& background = *static_cast<BackgroundWork*>(work->data);
  background.run_(background.context_);
}

void BackgroundWork::OnAfterWork(uv_work_t* work, int) {
  auto* background = static_cast<BackgroundWork*>(work->data);
  background->done_(background->context_);
  Loop& loop = background->loop_;
  delete background;
  loop.HandleClosed();
}

}  // namespace saea::engine
