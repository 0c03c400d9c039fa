#include "socket/receive.h"

#include "os/numbers.h"
#include "socket/datagrams.h"
#include "socket/window.h"

namespace saea::socket {

namespace {

constexpr auto kNoFamily = static_cast<uint32_t>(os::address_family::kUnspecified);

}  // namespace

Outcome FinishReceive(SocketHandle& socket, engine::Operation& operation,
                      const os::Result& received, size_t asked, uint32_t result_flags) {
  if (!received.ok()) return Fail(operation, received);
  operation.AddProgress(static_cast<uint64_t>(received.value));
  operation.SetResult(os::socket_error::kSuccess, 0, result_flags);
  // At the end of a stream (0 bytes) or when only looking (Peek) the next call gives the same
  // again.
  const bool takes_bytes = socket.is_stream() && received.value > 0 &&
                           operation.record().socket_flags == os::socket_flags::kNone;
  if (!takes_bytes) return Outcome::kDone;
  // A stream that gave less than it was asked for has no more.
  const bool is_full = static_cast<size_t>(received.value) == asked;
  return is_full ? Outcome::kDoneAndFull : Outcome::kDoneAndDrained;
}

namespace {

// Whether a receive without room only waits, as in .NET: of datagrams always, unless packet
// information is asked for, which costs the datagram; of a stream if there are no flags.
bool TakesNothing(const SocketHandle& socket, uint32_t flags, const ReceiveExtras& extras) {
  if (socket.is_stream()) return flags == os::socket_flags::kNone;
  return extras.packet_information == nullptr;
}

// Done when there is something to receive; a datagram says what it is, and stays.
Outcome AwaitData(SocketHandle& socket, engine::Operation& operation, bool is_ready,
                  const ReceiveExtras& extras) {
  os::Message message;
  message.flags = operation.record().socket_flags;
  message.address = extras.address;
  os::Result awaited;
  if (!socket.is_stream()) {
    awaited = os::AwaitMessage(socket.descriptor(), message);
  } else {
    if (!is_ready) awaited = os::AwaitReadable(socket.descriptor());
    // A stream names no sender; what lies in the record is of an operation before.
    if (extras.address != nullptr) extras.address->family = kNoFamily;
  }
  if (!awaited.ok()) return Fail(operation, awaited);
  operation.SetResult(os::socket_error::kSuccess, 0, message.flags);
  return Outcome::kDone;
}

Outcome ReceiveSpans(SocketHandle& socket, engine::Operation& operation, const os::Span* spans,
                     size_t count, size_t asked, const ReceiveExtras& extras) {
  os::Message message;
  message.spans = spans;
  message.span_count = count;
  message.flags = operation.record().socket_flags;
  message.address = extras.address;
  message.packet_information = extras.packet_information;
  const os::Result received = os::ReceiveMessage(socket.descriptor(), message);
  return FinishReceive(socket, operation, received, asked, message.flags);
}

}  // namespace

Outcome ReceiveInto(SocketHandle& socket, engine::Operation& operation, bool is_ready,
                    const ReceiveExtras& extras) {
  if (operation.buffers().is_list()) {
    SpanList list;
    RemainingList(operation, list);
    if (!list.is_complete && !socket.is_stream()) {
      operation.SetResult(os::socket_error::kMessageSize, 0);  // a datagram comes in one call
      return Outcome::kDone;
    }
    return ReceiveSpans(socket, operation, list.spans, list.count, list.length, extras);
  }
  const os::Span span = RemainingWindow(operation);
  const uint32_t flags = operation.record().socket_flags;
  if (span.length == 0 && TakesNothing(socket, flags, extras)) {
    return AwaitData(socket, operation, is_ready, extras);
  }
  const bool is_plain = socket.is_stream() && extras.address == nullptr;
  if (!is_plain) return ReceiveSpans(socket, operation, &span, 1, span.length, extras);
  // Nothing comes back from a stream but bytes, and so the cheaper call does.
  const os::Result received = os::Receive(socket.descriptor(), span, flags);
  return FinishReceive(socket, operation, received, span.length);
}

Outcome PerformReceive(SocketHandle& socket, engine::Operation& operation, bool is_ready) {
  return ReceiveInto(socket, operation, is_ready, ReceiveExtras());
}

bool JoinReceive(engine::Operation& operation, os::Datagram& datagram) {
  // Without room it waits for data and takes none.
  return JoinWindow(operation, datagram) && datagram.span.length > 0;
}

}  // namespace saea::socket
