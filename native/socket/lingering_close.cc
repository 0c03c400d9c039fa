#include "socket/lingering_close.h"

#include <algorithm>

#include "os/numbers.h"
#include "socket/rest.h"

namespace saea::socket {

using engine::Deadline;
using engine::Readiness;

void LingeringCloses::Start(engine::Loop& loop, os::Descriptor descriptor, uint32_t timeout_ms) {
  auto entry = std::make_unique<Entry>(*this, loop, descriptor);
  if (entry->Watch(loop, descriptor, Readiness::kReadable) != 0) {
    entry->Close(loop);
    os::MakeCloseAbortive(descriptor);
    os::Close(descriptor);
    return;
  }
  entry->deadline = Deadline::Start(loop, timeout_ms, entry.get(), OnTime);
  entries_.push_back(std::move(entry));
}

void LingeringCloses::AbandonAll() {
  while (!entries_.empty()) Finish(entries_.back().get(), false);
}

void LingeringCloses::OnReady(Readiness& at, uint8_t) {
  auto* entry = static_cast<Entry*>(&at);
  uint8_t byte;
  const os::Result received = os::Receive(entry->descriptor, {&byte, 1}, os::socket_flags::kNone);
  if (received.would_block()) {
    // If the watching has ended by this it goes on, unless there is no end of false alarms: see
    // rest.h. The deadline stands.
    if (Rest::After(++entry->false_alarms) == 0) {
      entry->Watch(entry->loop, entry->descriptor, Readiness::kReadable);
    } else {
      entry->Close(entry->loop);
    }
    return;
  }
  const bool is_end_of_stream = received.ok() && received.value == 0;
  entry->owner.Finish(entry, is_end_of_stream);
}

void LingeringCloses::OnTime(void* at) {
  auto* entry = static_cast<Entry*>(at);
  entry->owner.Finish(entry, false);
}

void LingeringCloses::Finish(Entry* entry, bool in_order) {
  entry->Close(entry->loop);
  entry->deadline->Close();
  if (!in_order) os::MakeCloseAbortive(entry->descriptor);
  os::Close(entry->descriptor);
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [entry](const auto& each) { return each.get() == entry; });
  entries_.erase(found);
}

}  // namespace saea::socket
