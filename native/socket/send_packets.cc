// SendPackets: buffers and files, one after another, the bytes of files inside the kernel. Other
// sends stand behind the whole list. A part of a file that is not in the system's cache is read
// there first, on another thread, so that the loop never waits for a disk.

#include <algorithm>

#include "os/file_ops.h"
#include "socket/packet_list.h"
#include "socket/read_ahead.h"
#include "socket/socket_handle.h"

namespace saea::socket {

namespace {

// What is sent by one call.
constexpr size_t kPartBytes = 1 << 20;
// What is read ahead at once: for each such part the threads change twice.
constexpr uint64_t kAheadBytes = 4 << 20;
// What is sent in one turn of the loop at most: a fast peer could keep it here for gigabytes.
constexpr size_t kTurnBytes = 4 << 20;

enum class Step : uint8_t { kSent, kFailed, kWouldBlock, kHeld };

Step Fail(engine::Operation& operation, const os::Result& result) {
  if (result.would_block()) return Step::kWouldBlock;
  operation.SetResult(result.error, result.native_error);
  return Step::kFailed;
}

Step SendBytes(SocketHandle& socket, engine::Operation& operation, Packet& packet) {
  if (!packet.bytes.is_attached()) return Fail(operation, {0, os::socket_error::kFault, 0});
  const engine::Segment& segment = packet.bytes.single();
  const os::Span rest = {segment.data + packet.offset, static_cast<size_t>(packet.remaining)};
  const os::Result sent = os::Send(socket.descriptor(), rest, 0);
  if (!sent.ok()) return Fail(operation, sent);
  packet.offset += static_cast<uint64_t>(sent.value);
  packet.remaining -= static_cast<uint64_t>(sent.value);
  operation.AddProgress(static_cast<uint64_t>(sent.value));
  return Step::kSent;
}

// Holds offset and length against the file, when its turn comes.
bool Measure(engine::Operation& operation, Packet& packet) {
  const os::Result got = os::GetFileLength(packet.file->descriptor());
  if (!got.ok()) {
    operation.SetResult(got.error, got.native_error);
    return false;
  }
  const auto length = static_cast<uint64_t>(got.value);
  const uint64_t rest = packet.offset <= length ? length - packet.offset : 0;
  const bool goes_to_the_end = packet.remaining == PacketList::kToTheEnd;
  if (packet.offset > length || (!goes_to_the_end && packet.remaining > rest)) {
    operation.SetResult(os::socket_error::kInvalidArgument, 0);
    return false;
  }
  if (goes_to_the_end) packet.remaining = rest;
  packet.is_measured = true;
  return true;
}

Step SendFilePart(SocketHandle& socket, engine::Operation& operation, PacketList& list) {
  Packet& packet = list.current();
  if (!packet.is_measured && !Measure(operation, packet)) return Step::kFailed;
  if (packet.remaining == 0) return Step::kSent;
  const os::FileDescriptor file = packet.file->descriptor();
  const size_t part = static_cast<size_t>(std::min<uint64_t>(packet.remaining, kPartBytes));
  const bool was_read = packet.offset + part <= packet.read_ahead_to;
  if (!was_read && !os::IsFileCached(file, packet.offset, part)) {
    const uint64_t ahead = std::min(packet.remaining, kAheadBytes);
    packet.read_ahead_to = packet.offset + ahead;
    if (StartReadAhead(socket, list, packet.offset, ahead)) return Step::kHeld;
  }
  const os::Result sent = os::SendFile(socket.descriptor(), file, packet.offset, part);
  if (!sent.ok()) return Fail(operation, sent);
  // The file has become shorter: what there is was sent, as in .NET.
  if (sent.value == 0) packet.remaining = 0;
  packet.offset += static_cast<uint64_t>(sent.value);
  packet.remaining -= static_cast<uint64_t>(sent.value);
  operation.AddProgress(static_cast<uint64_t>(sent.value));
  return Step::kSent;
}

Outcome ToOutcome(Step step) {
  switch (step) {
    case Step::kWouldBlock:
      return Outcome::kWouldBlock;
    case Step::kHeld:
      return Outcome::kHeld;
    case Step::kSent:
    case Step::kFailed:
      break;
  }
  return Outcome::kDone;
}

Outcome Finish(SocketHandle& socket, engine::Operation& operation) {
  const auto ending = static_cast<abi::Ending>(operation.record().ending);
  const os::Result ended = ending == abi::Ending::kNone ? os::Result() : socket.Disconnect(ending);
  operation.SetResult(ended.error, ended.native_error);
  return Outcome::kDone;
}

}  // namespace

Outcome PerformSendPackets(SocketHandle& socket, engine::Operation& operation, bool) {
  auto& list = *static_cast<PacketList*>(operation.attachment());
  const uint64_t most = operation.progress_bytes() + kTurnBytes;
  while (!list.is_done()) {
    Packet& packet = list.current();
    const Step step = packet.file == nullptr ? SendBytes(socket, operation, packet)
                                             : SendFilePart(socket, operation, list);
    if (step != Step::kSent) return ToOutcome(step);
    if (packet.remaining == 0) list.Advance();
    // The socket is writable still, and the next turn goes on.
    if (operation.progress_bytes() >= most) return Outcome::kWouldBlock;
  }
  return Finish(socket, operation);
}

}  // namespace saea::socket
