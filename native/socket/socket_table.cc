#include "socket/socket_table.h"

#include <algorithm>

#include "os/numbers.h"

namespace saea::socket {

os::Result SocketTable::Create(int32_t family, int32_t type, int32_t protocol) {
  os::Result created = os::Create(family, type, protocol);
  if (created.ok()) created.value = Add(created.value, type == os::socket_type::kStream).id();
  return created;
}

os::Result SocketTable::Adopt(os::Descriptor descriptor, os::Description& description) {
  const os::Result described = os::Describe(descriptor, description);
  if (!described.ok()) return described;
  os::Result adopted = os::Adopt(descriptor);
  if (!adopted.ok()) return adopted;
  SocketHandle& socket = Add(descriptor, description.type == os::socket_type::kStream);
  socket.NoteAdopted(description);
  adopted.value = socket.id();
  return adopted;
}

bool SocketTable::Owns(os::Descriptor descriptor) const {
  return std::any_of(sockets_.begin(), sockets_.end(), [&](const auto& socket) {
    return socket != nullptr && socket->descriptor() == descriptor;
  });
}

SocketHandle& SocketTable::Add(os::Descriptor descriptor, bool is_stream) {
  uint32_t handle;
  if (free_.empty()) {
    handle = static_cast<uint32_t>(sockets_.size());
    sockets_.emplace_back();
  } else {
    handle = free_.back();
    free_.pop_back();
  }
  sockets_[handle] = std::make_unique<SocketHandle>(surroundings_, handle, descriptor, is_stream);
  return *sockets_[handle];
}

void SocketTable::Close(uint32_t handle, bool abortive) {
  settled(handle).Close(abortive);
  Remove(handle);
}

void SocketTable::CloseAfter(uint32_t handle, uint32_t timeout_ms) {
  SocketHandle& socket = settled(handle);
  if (socket.is_listening() || !socket.Shutdown(os::socket_shutdown::kSend).ok()) {
    Close(handle, true);  // nothing to wait for: never connected, or broken already
    return;
  }
  const bool may_linger = socket.may_linger();
  const os::Descriptor descriptor = socket.ReleaseDescriptor();
  if (may_linger) os::MakeCloseQuick(descriptor);
  Remove(handle);
  lingering_.Start(loop(), descriptor, timeout_ms);
}

void SocketTable::AbandonAll() {
  PerformPosted();
  for (uint32_t handle = 0; handle < sockets_.size(); ++handle) {
    if (sockets_[handle] == nullptr) continue;
    sockets_[handle]->Abandon();
    Remove(handle);
  }
  lingering_.AbandonAll();
}

// A handle may be another socket's by now, which has nothing to send.
bool SocketTable::PerformTogether(void* self) {
  auto& table = *static_cast<SocketTable*>(self);
  const bool has_transferred = table.PerformPosted();
  if (table.collecting_.empty()) return has_transferred;
  for (const uint32_t handle : table.collecting_) {
    if (table.sockets_[handle] != nullptr) table.sockets_[handle]->SendCollected();
  }
  table.collecting_.clear();
  return true;
}

void SocketTable::Remove(uint32_t handle) {
  sockets_[handle].reset();
  free_.push_back(handle);
}

}  // namespace saea::socket
