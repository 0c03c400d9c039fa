// What a SendPackets operation sends: parts of buffers and of files, in order, and how far it has
// come. Made by binding when the operation starts, gone when it is over.

#ifndef SAEA_SOCKET_PACKET_LIST_H_
#define SAEA_SOCKET_PACKET_LIST_H_

#include <memory>
#include <vector>

#include "engine/operation.h"
#include "os/file_ops.h"

namespace saea::socket {

struct ReadAhead;

// An open file of ours; closed with the last user. Shared, since reading ahead may outlive the
// operation that wanted it.
class PacketFile {
 public:
  explicit PacketFile(os::FileDescriptor descriptor) : descriptor_(descriptor) {}
  ~PacketFile() { os::CloseFile(descriptor_); }
  PacketFile(const PacketFile&) = delete;
  PacketFile& operator=(const PacketFile&) = delete;

  os::FileDescriptor descriptor() const { return descriptor_; }

 private:
  const os::FileDescriptor descriptor_;
};

// One element: bytes if there is no file.
struct Packet {
  engine::BufferSet bytes;
  std::shared_ptr<PacketFile> file;
  uint64_t offset = 0;     // where the rest begins
  uint64_t remaining = 0;  // what is left to send, once it is measured
  uint64_t cached_to = 0;  // files: up to here it was cached when that was looked at, or read ahead
  bool is_measured = false;  // files: offset and length were held against the file
};

class PacketList : public engine::Attachment {
 public:
  // A file packet of this length goes to the end of the file as it is when its turn comes.
  static constexpr uint64_t kToTheEnd = ~uint64_t{0};

  ~PacketList() override;

  // False if the part does not lie in the region.
  bool AddBytes(engine::MemoryRegion& region, size_t offset, size_t length_bytes);

  // A part of a file, which is opened now; or of a file that Node has opened, of which it takes a
  // descriptor of its own. Fails with the system's error.
  os::Result AddPath(const char* path_utf8, uint64_t offset, uint64_t length_bytes);
  os::Result AddOpenFile(int descriptor, uint64_t offset, uint64_t length_bytes);

  bool is_done() const { return next_ == packets_.size(); }
  Packet& current() { return *packets_[next_]; }
  void Advance() { ++next_; }

  // What is being read ahead for the current packet; null if nothing is.
  ReadAhead* reading = nullptr;

 private:
  os::Result AddFile(const os::Result& opened, uint64_t offset, uint64_t length_bytes);

  std::vector<std::unique_ptr<Packet>> packets_;
  size_t next_ = 0;
};

}  // namespace saea::socket

#endif  // SAEA_SOCKET_PACKET_LIST_H_
