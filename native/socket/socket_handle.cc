#include "socket/socket_handle.h"

#include <algorithm>

#include "os/numbers.h"
#include "socket/socket_table.h"

namespace saea::socket {

SocketHandle::SocketHandle(const Surroundings& surroundings, uint32_t id, os::Descriptor descriptor,
                           bool is_stream)
    : Readiness(OnReady),
      surroundings_(surroundings),
      descriptor_(descriptor),
      id_(id),
      is_stream_(is_stream),
      is_referenced_(true),
      is_shut_for_sending_(false),
      needs_renewal_(false),
      tells_packet_information_(false),
      may_linger_(false),
      is_listening_(false) {}

abi::Submission SocketHandle::Submit(engine::Operation& operation, bool may_finish_now) {
  operation.Submit();
  const Verb& verb = VerbOf(operation.kind());
  // From the call on, as in .NET: the datagram may come while the operation stands in line. Sockets
  // that have no such thing (Unix-domain) receive all the same.
  if (operation.kind() == abi::Kind::kReceiveMessageFrom) EnablePacketInformation();
  switch (verb.side) {
    case Side::kRead:
      return read_.Submit(*this, operation, may_finish_now);
    case Side::kWrite:
      return write_.Submit(*this, operation, may_finish_now);
    case Side::kNeither:
      break;
  }
  SendCollected();
  verb.perform(*this, operation, false);
  if (!may_finish_now) {
    loop().Complete(operation);
    return abi::Submission::kPending;
  }
  operation.FinishNow();
  return abi::Submission::kCompleted;
}

bool SocketHandle::Cancel(engine::Operation& operation) {
  return read_.Cancel(*this, operation) || write_.Cancel(*this, operation);
}

void SocketHandle::Close(bool abortive) {
  const bool aborts_waiting = waiting_ > 0 && !is_shut_for_sending_;
  // A listener has nothing to reset, and another process may have it too: its connections would
  // inherit that they are reset.
  const bool has_connection = is_stream_ && !is_listening_;
  if (has_connection && (abortive || aborts_waiting)) os::MakeCloseAbortive(descriptor_);
  CloseDescriptor(ReleaseDescriptor());
}

// What a handler has sent before it ended the process has been sent, for all it knows.
void SocketHandle::Abandon() {
  SendCollected();
  read_.AbandonAll();
  write_.AbandonAll();
  StopWatching();
  CloseDescriptor(descriptor_);
  descriptor_ = os::kNoDescriptor;
}

os::Descriptor SocketHandle::ReleaseDescriptor() {
  CancelAll();
  StopWatching();
  const os::Descriptor released = descriptor_;
  descriptor_ = os::kNoDescriptor;
  return released;
}

os::Result SocketHandle::Shutdown(int32_t how) {
  const os::Result result = os::Shutdown(descriptor_, how);
  if (result.ok() && how != os::socket_shutdown::kReceive) is_shut_for_sending_ = true;
  // Linux refuses, and remembers all the same: once connected, the descriptor could not send.
  if (is_stream_ && result.error == os::socket_error::kNotConnected) needs_renewal_ = true;
  const bool ends_receiving = result.ok() && how != os::socket_shutdown::kSend;
  if (ends_receiving && !os::kShutdownWakesReceives) read_.Proceed(*this);
  return result;
}

os::Result SocketHandle::Listen(int32_t backlog) {
  const os::Result result = os::Listen(descriptor_, backlog);
  if (result.ok()) is_listening_ = true;
  return result;
}

os::Result SocketHandle::SetRawOption(int32_t level, int32_t name, const uint8_t* value,
                                      size_t length) {
  const os::Result set = os::SetRawOption(descriptor_, level, name, value, length);
  if (!set.ok()) return set;
  may_linger_ = true;  // the numbers are the system's
  if (raw_options_ == nullptr) raw_options_ = std::make_unique<std::vector<RawOption>>();
  auto known = std::find_if(
      raw_options_->begin(), raw_options_->end(),
      [&](const RawOption& option) { return option.level == level && option.name == name; });
  if (known == raw_options_->end()) known = raw_options_->insert(known, {level, name, {}});
  known->value.assign(value, value + length);
  return set;
}

os::Result SocketHandle::RenewDescriptor() {
  const os::Result created = os::CreateLike(descriptor_);
  if (!created.ok()) return created;
  if (raw_options_ != nullptr) {
    for (const RawOption& option : *raw_options_) {
      os::SetRawOption(created.value, option.level, option.name, option.value.data(),
                       option.value.size());
    }
  }
  StopWatching();
  CloseDescriptor(descriptor_);
  descriptor_ = created.value;
  is_shut_for_sending_ = false;
  needs_renewal_ = false;
  tells_packet_information_ = false;
  read_.Reset(*this);
  write_.Reset(*this);
  return os::Result();
}

void SocketHandle::CancelAll() {
  read_.CancelAll(*this);
  write_.CancelAll(*this);
}

os::Result SocketHandle::Disconnect(abi::Ending ending) {
  const os::Result shut = Shutdown(os::socket_shutdown::kBoth);
  if (!shut.ok() || ending != abi::Ending::kDisconnectAndReuse) return shut;
  read_.CancelAll(*this);  // they were meant for the connection that has ended
  return RenewDescriptor();
}

os::Result SocketHandle::EnablePacketInformation() {
  if (tells_packet_information_) return os::Result();
  const os::Result enabled = os::EnablePacketInformation(descriptor_);
  tells_packet_information_ = enabled.ok();
  return enabled;
}

void SocketHandle::SetReferenced(bool referenced) {
  if (referenced == is_referenced_) return;
  is_referenced_ = referenced;
  if (referenced) {
    loop().AddWaiting(waiting_);
  } else {
    loop().RemoveWaiting(waiting_);
  }
}

os::Result SocketHandle::Watch(uint8_t events) {
  const int uv_error = Readiness::Watch(loop(), descriptor_, events);
  return uv_error == 0 ? os::Result() : os::FromLibuvError(uv_error);
}

void SocketHandle::AddWaiting() {
  ++waiting_;
  if (is_referenced_) loop().AddWaiting(1);
}

void SocketHandle::RemoveWaiting() {
  --waiting_;
  if (is_referenced_) loop().RemoveWaiting(1);
}

void SocketHandle::SendAtTurnEnd() {
  table().SendAtTurnEnd(id_);
}

void SocketHandle::OnReady(Readiness& self, uint8_t events) {
  auto& socket = static_cast<SocketHandle&>(self);
  const bool is_readable = (events & Readiness::kReadable) != 0;
  const bool is_writable = (events & Readiness::kWritable) != 0;
  // The system tells the error of a socket once. A connect's must go to the connect; that of a lost
  // connection to a receive, which would otherwise take the loss for the end of the stream.
  const bool is_write_first = socket.write_.is_connecting();
  if (is_writable && is_write_first) socket.write_.Proceed(socket);
  // What waits for a connection that will not be there would wait for ever: Windows calls such a
  // socket writable alone.
  const bool will_not_connect = is_write_first && socket.needs_renewal_;
  if (is_readable || will_not_connect) socket.read_.OnReady(socket);
  if (is_writable && !is_write_first) socket.write_.OnReady(socket);
}

}  // namespace saea::socket
