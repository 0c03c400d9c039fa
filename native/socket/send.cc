#include "socket/send.h"

#include "socket/datagrams.h"
#include "socket/window.h"

namespace saea::socket {

namespace {

Outcome Done(engine::Operation& operation) {
  operation.SetResult(os::socket_error::kSuccess, 0);
  return Outcome::kDone;
}

// Counts what a call took. True if it took less than it was given: the kernel's buffer is full, and
// another call now would only say so. (A datagram is taken whole or not at all.)
bool IsShort(SocketHandle& socket, engine::Operation& operation, const os::Result& sent,
             size_t given) {
  operation.AddProgress(static_cast<uint64_t>(sent.value));
  return socket.is_stream() && static_cast<size_t>(sent.value) < given;
}

Outcome SendList(SocketHandle& socket, engine::Operation& operation, uint32_t flags,
                 abi::Address* address) {
  os::Message message;
  message.flags = flags;
  message.address = address;
  for (;;) {  // ends: each round takes at least one span, fails, or finds the kernel full
    SpanList list;
    RemainingList(operation, list);
    if (!list.is_complete && !socket.is_stream()) {
      operation.SetResult(os::socket_error::kMessageSize, 0);  // a datagram goes in one call
      return Outcome::kDone;
    }
    message.spans = list.spans;
    message.span_count = list.count;
    const os::Result sent = os::SendMessage(socket.descriptor(), message);
    if (!sent.ok()) return Fail(operation, sent);
    if (IsShort(socket, operation, sent, list.length)) return Outcome::kWouldBlock;
    if (list.is_complete) return Done(operation);
  }
}

}  // namespace

Outcome SendRemaining(SocketHandle& socket, engine::Operation& operation, uint32_t flags,
                      abi::Address* address) {
  if (operation.buffers().is_list()) return SendList(socket, operation, flags, address);
  const os::Span span = RemainingWindow(operation);
  const os::Result sent = address == nullptr
                              ? os::Send(socket.descriptor(), span, flags)
                              : os::SendTo(socket.descriptor(), span, flags, *address);
  return FinishSend(socket, operation, sent, span.length);
}

Outcome FinishSend(SocketHandle& socket, engine::Operation& operation, const os::Result& sent,
                   size_t given) {
  if (!sent.ok()) return Fail(operation, sent);
  if (IsShort(socket, operation, sent, given)) return Outcome::kWouldBlock;
  return Done(operation);
}

bool JoinSend(engine::Operation& operation, os::Datagram& datagram) {
  return JoinWindow(operation, datagram);
}

Outcome PerformSend(SocketHandle& socket, engine::Operation& operation, bool) {
  return SendRemaining(socket, operation, operation.record().socket_flags);
}

}  // namespace saea::socket
