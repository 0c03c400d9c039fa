#include "socket/rest.h"

#include "socket/socket_handle.h"

namespace saea::socket {

Rest::Rest(SocketHandle& socket, Direction& direction, uint32_t rest_ms)
    : socket_(socket),
      direction_(direction),
      deadline_(engine::Deadline::Start(socket.loop(), rest_ms, this, OnTime)) {
  deadline_->Unreference();  // what waits keeps the process alive, if it is to be
}

void Rest::OnTime(void* self) {
  const auto& rest = *static_cast<Rest*>(self);
  rest.direction_.OnRested(rest.socket_);
}

}  // namespace saea::socket
