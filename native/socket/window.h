// The bytes an operation moves: its buffer's window, or its list of segments behind what was moved
// already, as spans for a system call.

#ifndef SAEA_SOCKET_WINDOW_H_
#define SAEA_SOCKET_WINDOW_H_

#include "engine/operation.h"
#include "os/socket_ops.h"

namespace saea::socket {

// What is left of the window (offset, count) that the user set; for a single buffer or none.
inline os::Span RemainingWindow(engine::Operation& operation) {
  const engine::Segment& segment = operation.buffers().single();
  const abi::Record& record = operation.record();
  if (segment.region == nullptr) return {nullptr, 0};
  CHECK(record.offset <= segment.length_bytes &&
        record.count <= segment.length_bytes - record.offset &&
        operation.progress_bytes() <= record.count);
  const uint64_t moved = operation.progress_bytes();
  return {segment.data + record.offset + moved, static_cast<size_t>(record.count - moved)};
}

// What is left of a list, as many spans as one call takes.
struct SpanList {
  os::Span spans[os::kMaxSpans];
  size_t count = 0;
  size_t length = 0;        // of all spans together
  bool is_complete = true;  // false: the list is longer than one call takes
};

inline void RemainingList(engine::Operation& operation, SpanList& remaining) {
  const engine::BufferSet& buffers = operation.buffers();
  uint64_t skip = operation.progress_bytes();
  for (uint32_t i = 0; i < buffers.list_count(); ++i) {
    const engine::Segment& segment = buffers.list()[i];
    if (segment.length_bytes <= skip) {
      skip -= segment.length_bytes;
      continue;
    }
    if (remaining.count == os::kMaxSpans) {
      remaining.is_complete = false;
      return;
    }
    const os::Span span = {segment.data + skip, static_cast<size_t>(segment.length_bytes - skip)};
    remaining.spans[remaining.count++] = span;
    remaining.length += span.length;
    skip = 0;
  }
}

}  // namespace saea::socket

#endif  // SAEA_SOCKET_WINDOW_H_
