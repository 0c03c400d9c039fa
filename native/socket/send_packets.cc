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
// What is looked at, and read ahead, at once: each costs some calls, or a change of threads.
constexpr uint64_t kAheadBytes = 4 << 20;
// What is sent in one turn of the loop at most: a fast peer could keep it here for gigabytes.
constexpr size_t kTurnBytes = 4 << 20;

enum class Step : uint8_t { kSent, kFailed, kWouldBlock, kHeld };

Step StepOf(Outcome outcome) {
  return outcome == Outcome::kWouldBlock ? Step::kWouldBlock : Step::kFailed;
}

// Counts what was taken. Less than was given: the kernel's buffer is full, or the file has become
// shorter, which the next call finds out.
Step Take(engine::Operation& operation, Packet& packet, uint64_t taken, size_t given) {
  packet.offset += taken;
  packet.remaining -= taken;
  operation.AddProgress(taken);
  return taken < given ? Step::kWouldBlock : Step::kSent;
}

Step SendBytes(SocketHandle& socket, engine::Operation& operation, Packet& packet) {
  if (!packet.bytes.is_attached()) {
    return StepOf(Fail(operation, {0, os::socket_error::kFault, 0}));
  }
  const engine::Segment& segment = packet.bytes.single();
  const os::Span rest = {segment.data + packet.offset, static_cast<size_t>(packet.remaining)};
  const os::Result sent = os::Send(socket.descriptor(), rest, 0);
  if (!sent.ok()) return StepOf(Fail(operation, sent));
  return Take(operation, packet, static_cast<uint64_t>(sent.value), rest.length);
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
  if (packet.offset + part > packet.cached_to) {
    const uint64_t ahead = std::min(packet.remaining, kAheadBytes);
    packet.cached_to = packet.offset + ahead;
    const bool is_cached = os::IsFileCached(file, packet.offset, ahead);
    if (!is_cached && StartReadAhead(socket, list, packet.offset, ahead)) return Step::kHeld;
  }
  const os::Result sent = os::SendFile(socket.descriptor(), file, packet.offset, part);
  if (!sent.ok()) return StepOf(Fail(operation, sent));
  if (sent.value > 0) return Take(operation, packet, static_cast<uint64_t>(sent.value), part);
  // The file has become shorter: what there is was sent, as in .NET.
  packet.remaining = 0;
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
