#include "socket/packet_list.h"

#include "engine/system_file.h"
#include "socket/read_ahead.h"

namespace saea::socket {

PacketList::~PacketList() {
  if (reading != nullptr) reading->socket = nullptr;
}

bool PacketList::AddBytes(engine::MemoryRegion& region, size_t offset, size_t length_bytes) {
  auto packet = std::make_unique<Packet>();
  if (!packet->bytes.SetSingle(region, offset, length_bytes)) return false;
  packet->remaining = packet->bytes.single().length_bytes;
  packets_.push_back(std::move(packet));
  return true;
}

os::Result PacketList::AddPath(const char* path_utf8, uint64_t offset, uint64_t length_bytes) {
  return AddFile(os::OpenFile(path_utf8), offset, length_bytes);
}

os::Result PacketList::AddOpenFile(int descriptor, uint64_t offset, uint64_t length_bytes) {
  return AddFile(os::DuplicateFile(engine::ToSystemFile(descriptor)), offset, length_bytes);
}

os::Result PacketList::AddFile(const os::Result& opened, uint64_t offset, uint64_t length_bytes) {
  if (!opened.ok()) return opened;
  auto packet = std::make_unique<Packet>();
  packet->file = std::make_shared<PacketFile>(opened.value);
  packet->offset = offset;
  packet->remaining = length_bytes;
  packets_.push_back(std::move(packet));
  return os::Result();
}

}  // namespace saea::socket
