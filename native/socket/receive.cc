// Receive: into one buffer, into several, or into none (wait for data without taking it).

#include "os/numbers.h"
#include "socket/socket_handle.h"
#include "socket/window.h"

namespace saea::socket {

namespace {

Outcome Fail(engine::Operation& operation, const os::Result& result) {
  if (result.would_block()) return Outcome::kWouldBlock;
  operation.SetResult(result.error, result.native_error);
  return Outcome::kDone;
}

Outcome Done(SocketHandle& socket, engine::Operation& operation, const os::Result& received,
             size_t asked, uint32_t result_flags) {
  operation.AddProgress(static_cast<uint64_t>(received.value));
  operation.SetResult(os::socket_error::kSuccess, 0, result_flags);
  // A stream that gave less than it was asked for has no more. At its end (0 bytes) or when only
  // looking (Peek), the next call gives the same again at once.
  const bool is_drained = socket.is_stream() && received.value > 0 &&
                          static_cast<size_t>(received.value) < asked &&
                          operation.record().socket_flags == os::socket_flags::kNone;
  return is_drained ? Outcome::kDoneAndDrained : Outcome::kDone;
}

// Nothing to receive into: done when there is something to receive. is_ready is the answer to that
// already; otherwise look, without taking.
Outcome AwaitData(SocketHandle& socket, engine::Operation& operation, bool is_ready) {
  if (!is_ready) {
    const os::Result awaited = os::AwaitReadable(socket.descriptor());
    if (!awaited.ok()) return Fail(operation, awaited);
  }
  operation.SetResult(os::socket_error::kSuccess, 0);
  return Outcome::kDone;
}

Outcome ReceiveSpans(SocketHandle& socket, engine::Operation& operation, const os::Span* spans,
                     size_t count, size_t asked) {
  uint32_t result_flags = 0;
  const os::Result received = os::ReceiveVector(socket.descriptor(), spans, count,
                                                operation.record().socket_flags, &result_flags);
  if (!received.ok()) return Fail(operation, received);
  return Done(socket, operation, received, asked, result_flags);
}

}  // namespace

Outcome PerformReceive(SocketHandle& socket, engine::Operation& operation, bool is_ready) {
  if (operation.buffers().is_list()) {
    SpanList list;
    RemainingList(operation, list);
    return ReceiveSpans(socket, operation, list.spans, list.count, list.length);
  }
  const os::Span span = RemainingWindow(operation);
  const uint32_t flags = operation.record().socket_flags;
  if (span.length == 0 && flags == os::socket_flags::kNone) {
    return AwaitData(socket, operation, is_ready);
  }
  // Only a datagram can be cut short; a stream needs no flags back and so the cheaper call does.
  if (!socket.is_stream()) return ReceiveSpans(socket, operation, &span, 1, span.length);
  const os::Result received = os::Receive(socket.descriptor(), span, flags);
  if (!received.ok()) return Fail(operation, received);
  return Done(socket, operation, received, span.length, os::socket_flags::kNone);
}

}  // namespace saea::socket
