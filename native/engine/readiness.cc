#include "engine/readiness.h"

namespace saea::engine {

Readiness* Readiness::Open(Loop& loop, intptr_t descriptor, void* owner, OnReady on_ready,
                           int* uv_error) {
  *uv_error = 0;
  Readiness* kept = loop.kept_watchers().Take(descriptor);
  if (kept != nullptr) {
    kept->owner_ = owner;
    kept->on_ready_ = on_ready;
    return kept;
  }
  auto* readiness = new Readiness(loop, static_cast<int32_t>(descriptor), owner, on_ready);
  *uv_error =
      uv_poll_init_socket(loop.uv(), &readiness->poll_, static_cast<uv_os_sock_t>(descriptor));
  if (*uv_error != 0) {
    delete readiness;  // libuv has not seen the handle
    return nullptr;
  }
  loop.HandleOpened();
  // Whether the process stays alive is counted per waiting operation, not per watcher.
  uv_unref(reinterpret_cast<uv_handle_t*>(&readiness->poll_));
  return readiness;
}

void Readiness::Close() {
  if (!loop().kept_watchers().HasRoomFor(descriptor_)) {
    Free();
    return;
  }
  // Once and no more: as soon as the descriptor is closed its number may be somebody else's, and
  // libuv would take that from the kernel.
  if (armed_ != kNone) Arm(kNone);
  loop().kept_watchers().Keep(*this);
}

// This stops the watcher too. (Each uv_poll_stop() would cost a system call of its own.)
void Readiness::Free() {
  uv_close(reinterpret_cast<uv_handle_t*>(&poll_), OnClosed);
}

int Readiness::Arm(uint8_t events) {
  if (events == kNone) {
    armed_ = kNone;
    return uv_poll_stop(&poll_);
  }
  const int error = uv_poll_start(&poll_, events, OnPoll);
  armed_ = error == 0 ? events : static_cast<uint8_t>(kNone);
  return error;
}

void Readiness::OnPoll(uv_poll_t* handle, int status, int events) {
  Readiness& readiness = Of(handle);
  auto ready = static_cast<uint8_t>(events & (kReadable | kWritable));
  if (status < 0) {
    // An error on the socket. libuv has stopped watching; the operations themselves find out what
    // it is, and they must all be told.
    readiness.armed_ = kNone;
    ready = kReadable | kWritable;
  }
  Loop& loop = readiness.loop();
  readiness.on_ready_(readiness.owner_, ready);
  loop.DispatchIfMany();
}

void Readiness::OnClosed(uv_handle_t* handle) {
  Readiness* readiness = &Of(handle);
  Loop& loop = readiness->loop();
  delete readiness;
  loop.HandleClosed();
}

}  // namespace saea::engine
