#include "socket/read_ahead.h"

#include "engine/background_work.h"

namespace saea::socket {

namespace {

void Run(void* context) {
  const auto& part = *static_cast<ReadAhead*>(context);
  os::ReadFileAhead(part.file->descriptor(), part.offset, part.length);
}

void Done(void* context) {
  const std::unique_ptr<ReadAhead> part(static_cast<ReadAhead*>(context));
  if (part->socket == nullptr) return;
  part->list->reading = nullptr;
  part->socket->ResumeWriting();
}

}  // namespace

bool StartReadAhead(SocketHandle& socket, PacketList& list, uint64_t offset, size_t length) {
  auto part =
      std::make_unique<ReadAhead>(ReadAhead{list.current().file, offset, length, &socket, &list});
  if (engine::BackgroundWork::Queue(socket.loop(), part.get(), Run, Done) != 0) return false;
  list.reading = part.release();
  return true;
}

}  // namespace saea::socket
