// Reading a part of a file into the system's cache, on another thread, for an operation that is
// held until then. The operation may end first; then nobody is resumed.

#ifndef SAEA_SOCKET_READ_AHEAD_H_
#define SAEA_SOCKET_READ_AHEAD_H_

#include <memory>

#include "socket/packet_list.h"
#include "socket/socket_handle.h"

namespace saea::socket {

// Belongs to the work in the background.
struct ReadAhead {
  std::shared_ptr<PacketFile> file;
  uint64_t offset;
  size_t length;
  SocketHandle* socket;  // to be resumed; null once the operation is over
  PacketList* list;
};

// Returns false if the work could not be queued; then nothing will be resumed.
bool StartReadAhead(SocketHandle& socket, PacketList& list, uint64_t offset, size_t length);

}  // namespace saea::socket

#endif  // SAEA_SOCKET_READ_AHEAD_H_
