#include "os/socket_ops.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "os/address.h"
#include "os/numbers.h"
#include "os/posix/system_call.h"

namespace saea::os {

namespace {

// Systems without these flags set them by extra calls; see Adopt().
#ifdef __linux__
constexpr int kCreateFlags = SOCK_NONBLOCK | SOCK_CLOEXEC;
#else
constexpr int kCreateFlags = 0;
#endif

// On systems that lack the flags above. Linux gives the descriptor finished.
Result Prepare(int fd) {
#ifdef __linux__
  return {fd, socket_error::kSuccess, 0};
#else
  Result adopted = Adopt(fd);
  if (!adopted.ok()) {
    close(fd);
    return adopted;
  }
  return {fd, socket_error::kSuccess, 0};
#endif
}

// The user's FastOpen alone does nothing for a client. With this, connect() succeeds at once where
// the peer is known from before, and the first packet leaves with the first send, data included.
// Without data to send it would report a connection that nobody has asked the peer for.
void DeferConnectIfFastOpen([[maybe_unused]] int fd) {
#ifdef TCP_FASTOPEN_CONNECT
  int is_set = 0;
  socklen_t length = sizeof(is_set);
  const int got = getsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN, &is_set, &length);
  if (got == -1 || is_set == 0) return;
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &on, sizeof(on));  // or connect as ever
#endif
}

}  // namespace

Result Create(int32_t family, int32_t type, int32_t protocol) {
  SystemSocket system;
  const int error = ToSystemSocket(family, type, protocol, system);
  if (error != 0) return Failure(error);
  const Result created =
      FromReturn(socket(system.family, system.type | kCreateFlags, system.protocol));
  if (!created.ok()) return created;
  const int fd = ToInt(created.value);
  if (system.family == AF_INET6 && system.type != SOCK_RAW) {
    const int on = 1;
    if (setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) == -1) {
      const Result failure = Failure(errno);
      close(fd);
      return failure;
    }
  }
  return Prepare(fd);
}

// POSIX leaves open whether close() has released the descriptor when a signal interrupts it; Linux
// and macOS have, so trying again could close somebody else's.
void Close(Descriptor socket) {
  close(ToInt(socket));
}

void MakeCloseAbortive(Descriptor socket) {
  const linger no_time = {1, 0};
  setsockopt(ToInt(socket), SOL_SOCKET, SO_LINGER, &no_time, sizeof(no_time));
}

void MakeCloseQuick(Descriptor socket) {
  linger set = {};
  socklen_t length = sizeof(set);
  getsockopt(ToInt(socket), SOL_SOCKET, SO_LINGER, &set, &length);
  if (set.l_onoff == 0 || set.l_linger == 0) return;
  const linger off = {};
  setsockopt(ToInt(socket), SOL_SOCKET, SO_LINGER, &off, sizeof(off));
}

// The calls before bind() are best effort: what is wrong with the socket bind() will say itself.
Result Bind(Descriptor socket, const abi::Address& address) {
  int type = 0;
  socklen_t type_length = sizeof(type);
  getsockopt(ToInt(socket), SOL_SOCKET, SO_TYPE, &type, &type_length);
  if (type == SOCK_STREAM) {
    const int on = 1;
    setsockopt(ToInt(socket), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  }
  sockaddr_storage storage;
  const socklen_t length = ToSystemAddress(address, storage);
  if (length == 0) return Failure(EAFNOSUPPORT);
  return FromReturn(bind(ToInt(socket), reinterpret_cast<sockaddr*>(&storage), length));
}

Result Listen(Descriptor socket, int32_t backlog) {
  return FromReturn(listen(ToInt(socket), backlog));
}

Result Accept(Descriptor socket, abi::Address& remote) {
  sockaddr_storage storage;
  socklen_t length = sizeof(storage);
  const Result accepted = Retry([&] {
    length = sizeof(storage);
#ifdef __linux__
    return accept4(ToInt(socket), reinterpret_cast<sockaddr*>(&storage), &length, kCreateFlags);
#else
    return accept(ToInt(socket), reinterpret_cast<sockaddr*>(&storage), &length);
#endif
  });
  if (!accepted.ok()) return accepted;
  FromSystemAddress(storage, length, remote);
  return Prepare(ToInt(accepted.value));
}

Result StartConnect(Descriptor socket, const abi::Address& address, bool has_data) {
  sockaddr_storage storage;
  const socklen_t length = ToSystemAddress(address, storage);
  if (length == 0) return Failure(EAFNOSUPPORT);
  if (has_data) DeferConnectIfFastOpen(ToInt(socket));
  // Interrupted means "goes on in the background", so this is the one call not to be repeated.
  const Result connected =
      FromReturn(connect(ToInt(socket), reinterpret_cast<sockaddr*>(&storage), length));
  return connected.native_error == EINTR ? Failure(EINPROGRESS) : connected;
}

Result FinishConnect(Descriptor socket) {
  int error = 0;
  socklen_t length = sizeof(error);
  if (getsockopt(ToInt(socket), SOL_SOCKET, SO_ERROR, &error, &length) == -1) {
    return Failure(errno);
  }
  if (error != 0) return Failure(error);
  sockaddr_storage storage;
  length = sizeof(storage);
  if (getpeername(ToInt(socket), reinterpret_cast<sockaddr*>(&storage), &length) == 0) {
    return Result();
  }
  // No error and no peer: it was a false alarm, or the error was taken by another call.
  pollfd polled = {ToInt(socket), POLLOUT, 0};
  return Failure(poll(&polled, 1, 0) == 0 ? EINPROGRESS : ECONNABORTED);
}

Result Receive(Descriptor socket, Span span, uint32_t flags) {
  int system = 0;
  if (flags != 0 && !ToSystemFlags(flags, system)) return Failure(EOPNOTSUPP);
  return Retry([&] { return recv(ToInt(socket), span.data, span.length, system); });
}

Result AwaitReadable(Descriptor socket) {
  uint8_t byte;
  const Result peeked = Retry([&] { return recv(ToInt(socket), &byte, 1, MSG_PEEK); });
  return peeked.ok() ? Result() : peeked;
}

Result Send(Descriptor socket, Span span, uint32_t flags) {
  int system = 0;
  if (flags != 0 && !ToSystemFlags(flags, system)) return Failure(EOPNOTSUPP);
  return Retry([&] { return send(ToInt(socket), span.data, span.length, system | kNoSignal); });
}

Result Shutdown(Descriptor socket, int32_t how) {
  switch (how) {
    case socket_shutdown::kReceive:
      return FromReturn(shutdown(ToInt(socket), SHUT_RD));
    case socket_shutdown::kSend:
      return FromReturn(shutdown(ToInt(socket), SHUT_WR));
    case socket_shutdown::kBoth:
      return FromReturn(shutdown(ToInt(socket), SHUT_RDWR));
    default:
      return Failure(EINVAL);
  }
}

Result GetLocalAddress(Descriptor socket, abi::Address& address) {
  sockaddr_storage storage;
  socklen_t length = sizeof(storage);
  const Result got =
      FromReturn(getsockname(ToInt(socket), reinterpret_cast<sockaddr*>(&storage), &length));
  if (got.ok()) FromSystemAddress(storage, length, address);
  return got;
}

Result GetRemoteAddress(Descriptor socket, abi::Address& address) {
  sockaddr_storage storage;
  socklen_t length = sizeof(storage);
  const Result got =
      FromReturn(getpeername(ToInt(socket), reinterpret_cast<sockaddr*>(&storage), &length));
  if (got.ok()) FromSystemAddress(storage, length, address);
  return got;
}

Result GetAvailable(Descriptor socket) {
  int available = 0;
  if (ioctl(ToInt(socket), FIONREAD, &available) == -1) return Failure(errno);
  return {available, socket_error::kSuccess, 0};
}

Result IsAtMark(Descriptor socket) {
  int is_at_mark = 0;
  if (ioctl(ToInt(socket), SIOCATMARK, &is_at_mark) == -1) return Failure(errno);
  return {is_at_mark != 0 ? 1 : 0, socket_error::kSuccess, 0};
}

Result IsReady(Descriptor socket, int32_t select_mode) {
  int16_t asked = 0;
  int16_t ready = 0;
  switch (select_mode) {
    case select_mode::kRead:
      asked = POLLIN;
      ready = POLLIN | POLLHUP;
      break;
    case select_mode::kWrite:
      asked = ready = POLLOUT;
      break;
    case select_mode::kError:
      asked = POLLPRI;
      ready = POLLPRI | POLLERR;
      break;
    default:
      return Result();  // .NET finds no socket ready for what does not exist
  }
  pollfd polled = {ToInt(socket), asked, 0};
  const Result result = Retry([&] { return poll(&polled, 1, 0); });
  if (!result.ok()) return result;
  return {(polled.revents & ready) != 0 ? 1 : 0, socket_error::kSuccess, 0};
}

Result Describe(Descriptor socket, Description& description) {
  int type = 0;
  socklen_t length = sizeof(type);
  if (getsockopt(ToInt(socket), SOL_SOCKET, SO_TYPE, &type, &length) == -1) {
    return Failure(ENOTSOCK);  // .NET says so of a closed descriptor too
  }
  sockaddr_storage storage;
  length = sizeof(storage);
  if (getsockname(ToInt(socket), reinterpret_cast<sockaddr*>(&storage), &length) == -1) {
    return Failure(errno);
  }
  int protocol = 0;
#ifdef SO_PROTOCOL
  length = sizeof(protocol);
  getsockopt(ToInt(socket), SOL_SOCKET, SO_PROTOCOL, &protocol, &length);
#endif
  int listening = 0;
  length = sizeof(listening);
  getsockopt(ToInt(socket), SOL_SOCKET, SO_ACCEPTCONN, &listening, &length);
  description.family = FromSystemFamily(storage.ss_family);
  description.type = FromSystemType(type);
  description.protocol = FromSystemProtocol(storage.ss_family, protocol);
  description.is_listening = listening != 0;
  return Result();
}

Result Adopt(Descriptor socket) {
  const int fd = ToInt(socket);
  const int status = fcntl(fd, F_GETFL);
  if (status == -1 || fcntl(fd, F_SETFL, status | O_NONBLOCK) == -1) return Failure(errno);
  if (fcntl(fd, F_SETFD, FD_CLOEXEC) == -1) return Failure(errno);
#ifdef SO_NOSIGPIPE
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof(on));
#endif
  return Result();
}

Result FromLibuvError(int uv_error) {
  return Failure(-uv_error);
}

}  // namespace saea::os
