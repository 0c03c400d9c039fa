// Connect: start, finish when writable, then send the buffer if there is one. A failed attempt
// spoils the descriptor (POSIX leaves its state open), so the next one gets a fresh descriptor.

#include "os/numbers.h"
#include "socket/send.h"
#include "socket/socket_handle.h"

namespace saea::socket {

namespace {

enum Phase : uint8_t { kStart = 0, kConnecting, kSending };

Outcome Fail(SocketHandle& socket, engine::Operation& operation, const os::Result& why) {
  const bool another_goes_on = why.error == os::socket_error::kAlreadyInProgress;
  const bool nothing_started = why.would_block();
  if (!another_goes_on && !nothing_started) socket.RequireRenewal();
  if (!another_goes_on) socket.set_may_read(true);
  operation.SetResult(why.error, why.native_error);
  return Outcome::kDone;
}

os::Result Start(SocketHandle& socket, engine::Operation& operation) {
  if (socket.needs_renewal()) {
    // What waits was meant for the connection, or the attempt, that ends with the descriptor.
    const bool is_in_line = operation.state() != engine::Operation::State::kSubmitted;
    if (socket.is_stream() && !is_in_line) socket.CancelAll();
    const os::Result renewed = socket.RenewDescriptor();
    if (!renewed.ok()) return renewed;
  }
  const bool has_data = operation.record().count > 0;
  return os::StartConnect(socket.descriptor(), operation.address(), has_data);
}

}  // namespace

Outcome PerformConnect(SocketHandle& socket, engine::Operation& operation, bool) {
  if (operation.phase() != kSending) {
    const os::Result connected = operation.phase() == kStart
                                     ? Start(socket, operation)
                                     : os::FinishConnect(socket.descriptor());
    if (connected.error == os::socket_error::kInProgress) {
      operation.set_phase(kConnecting);
      socket.set_may_read(false);
      return Outcome::kWouldBlock;
    }
    if (!connected.ok()) return Fail(socket, operation, connected);
    operation.set_phase(kSending);
    socket.set_may_read(true);
  }
  // .NET leaves a datagram socket's buffer alone: to connect it sends nothing.
  if (operation.record().count == 0 || !socket.is_stream()) {
    operation.SetResult(os::socket_error::kSuccess, 0);
    return Outcome::kDone;
  }
  // Whatever flags the user has set, they are not for this: so does .NET.
  return SendRemaining(socket, operation, os::socket_flags::kNone);
}

}  // namespace saea::socket
