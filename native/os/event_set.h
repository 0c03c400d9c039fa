// Which of many descriptors are ready, in one call: epoll. Only systems that have it build this
// (native/os/linux); elsewhere libuv is asked about each descriptor by itself (engine/uv).

#ifndef SAEA_OS_EVENT_SET_H_
#define SAEA_OS_EVENT_SET_H_

#include <cstddef>
#include <cstdint>

#include "os/socket_ops.h"

namespace saea::os {

class EventSet {
 public:
  // kFailed: there is an error on the socket, which stays until a call on it takes it.
  enum Events : uint8_t { kNone = 0, kReadable = 1, kWritable = 2, kFailed = 4 };

  struct Event {
    void* tag;
    uint8_t events;
  };
  // The most that Take gives at once.
  static constexpr size_t kMost = 64;

  EventSet();
  ~EventSet();
  EventSet(const EventSet&) = delete;
  EventSet& operator=(const EventSet&) = delete;

  // Readable while anything in the set is ready. -1 if the system has refused to make one.
  int descriptor() const { return descriptor_; }

  // Adds a descriptor, or changes what it is asked about. Failures are told unasked. 0, or the
  // system's error with a minus: the descriptor cannot be watched.
  int Add(Descriptor socket, uint8_t events, void* tag);
  int Change(Descriptor socket, uint8_t events, void* tag);

  // Must be called before the descriptor closes: the system knows what is behind it, which may live
  // on, and would go on telling of it.
  void Remove(Descriptor socket);

  // Those that are ready now, as many as there is room for, each in its turn. Never waits.
  size_t Take(Event* events, size_t most);

 private:
  const int descriptor_;
};

}  // namespace saea::os

#endif  // SAEA_OS_EVENT_SET_H_
