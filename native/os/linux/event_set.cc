#include "os/event_set.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "os/posix/system_call.h"

namespace saea::os {

namespace {

uint32_t ToSystem(uint8_t events) {
  uint32_t system = 0;
  if ((events & EventSet::kReadable) != 0) system |= EPOLLIN;
  if ((events & EventSet::kWritable) != 0) system |= EPOLLOUT;
  return system;
}

// A bare hang-up stands for whatever was asked.
uint8_t FromSystem(uint32_t system) {
  constexpr uint8_t kBoth = EventSet::kReadable | EventSet::kWritable;
  if ((system & EPOLLERR) != 0) return EventSet::kFailed | kBoth;
  const uint8_t readable = (system & EPOLLIN) != 0 ? EventSet::kReadable : EventSet::kNone;
  const uint8_t writable = (system & EPOLLOUT) != 0 ? EventSet::kWritable : EventSet::kNone;
  const uint8_t events = readable | writable;
  return events == EventSet::kNone ? kBoth : events;
}

int Control(int set, int operation, Descriptor socket, uint8_t events, void* tag) {
  epoll_event event = {};
  event.events = ToSystem(events);
  event.data.ptr = tag;
  return epoll_ctl(set, operation, ToInt(socket), &event) == 0 ? 0 : -errno;
}

}  // namespace

EventSet::EventSet() : descriptor_(epoll_create1(EPOLL_CLOEXEC)) {}

EventSet::~EventSet() {
  if (descriptor_ != -1) close(descriptor_);
}

int EventSet::Add(Descriptor socket, uint8_t events, void* tag) {
  return Control(descriptor_, EPOLL_CTL_ADD, socket, events, tag);
}

int EventSet::Change(Descriptor socket, uint8_t events, void* tag) {
  return Control(descriptor_, EPOLL_CTL_MOD, socket, events, tag);
}

void EventSet::Remove(Descriptor socket) {
  Control(descriptor_, EPOLL_CTL_DEL, socket, kNone, nullptr);
}

size_t EventSet::Take(Event* events, size_t most) {
  epoll_event system[kMost];
  const int count = epoll_wait(descriptor_, system, static_cast<int>(std::min(most, kMost)), 0);
  if (count <= 0) return 0;
  for (int i = 0; i < count; ++i) {
    events[i] = {system[i].data.ptr, FromSystem(system[i].events)};
  }
  return static_cast<size_t>(count);
}

}  // namespace saea::os
