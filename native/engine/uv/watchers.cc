#include "engine/uv/watchers.h"

#include "engine/uv/watcher.h"

namespace saea::engine {

int Watchers::Watch(Readiness& readiness, uint8_t events) {
  auto* watcher = static_cast<Watcher*>(readiness.registration_);
  if (watcher == nullptr) {
    int error = 0;
    watcher = Open(readiness, &error);
    if (watcher == nullptr) return error;
  }
  const int error = watcher->Set(events);
  readiness.armed_ = error == 0 ? events : static_cast<uint8_t>(Readiness::kNone);
  return error;
}

Watcher* Watchers::Open(Readiness& readiness, int* error) {
  Watcher* watcher = kept_.Take(readiness.descriptor_);
  if (watcher == nullptr) {
    watcher = Watcher::Open(loop_, readiness.descriptor_, OnEvents, error);
    if (watcher == nullptr) return nullptr;
  }
  watcher->Serve(&readiness);
  readiness.registration_ = watcher;
  return watcher;
}

void Watchers::Forget(Readiness& readiness) {
  auto* watcher = static_cast<Watcher*>(readiness.registration_);
  if (!kept_.HasRoomFor(readiness.descriptor_)) {
    watcher->Free();
  } else {
    // Once and no more: as soon as the descriptor is closed its number may be somebody else's, and
    // libuv would take that from the kernel.
    if (readiness.armed_ != Readiness::kNone) watcher->Set(Readiness::kNone);
    kept_.Keep(*watcher);
  }
  readiness.registration_ = nullptr;
  readiness.armed_ = Readiness::kNone;
}

void Watchers::OnEvents(Readiness& readiness, int status, int events) {
  constexpr uint8_t kBoth = Readiness::kReadable | Readiness::kWritable;
  auto ready = static_cast<uint8_t>(events & kBoth);
  if (status < 0) {
    // An error on the socket. libuv has stopped watching, but leaves it to the close to tell the
    // kernel, which is no end if a child has the descriptor too. The operations themselves find out
    // what it is, and they must all be told.
    static_cast<Watcher*>(readiness.registration_)->Set(Readiness::kNone);
    readiness.armed_ = Readiness::kNone;
    ready = kBoth;
  }
  readiness.on_ready_(readiness, ready);
}

}  // namespace saea::engine
