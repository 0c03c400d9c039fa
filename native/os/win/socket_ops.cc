#include "os/socket_ops.h"

#include "os/address.h"
#include "os/numbers.h"
#include "os/win/winsock.h"

namespace saea::os {

namespace {

// Overlapped, as libuv's polling asks for it, and not for the programs that this process starts.
constexpr DWORD kCreateFlags = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;

Result Prepare(SOCKET socket) {
  const Result adopted = Adopt(static_cast<Descriptor>(socket));
  if (!adopted.ok()) {
    closesocket(socket);
    return adopted;
  }
  return {static_cast<int64_t>(socket), socket_error::kSuccess, 0};
}

// What select() is asked for one socket.
struct SelectSet {
  explicit SelectSet(SOCKET socket) { FD_SET(socket, &set); }

  fd_set set = {};
};

// Writable, or failed to connect: what WSAPoll does not tell on older systems, select() does.
bool IsConnectOver(SOCKET socket) {
  SelectSet writable(socket);
  SelectSet failed(socket);
  timeval at_once = {0, 0};
  return select(0, nullptr, &writable.set, &failed.set, &at_once) != 0;
}

}  // namespace

Result Create(int32_t family, int32_t type, int32_t protocol) {
  SystemSocket system;
  const int error = ToSystemSocket(family, type, protocol, system);
  if (error != 0) return Failure(error);
  const SOCKET created =
      WSASocketW(system.family, system.type, system.protocol, nullptr, 0, kCreateFlags);
  return created == INVALID_SOCKET ? LastFailure() : Prepare(created);
}

void Close(Descriptor socket) {
  closesocket(ToSocket(socket));
}

void MakeCloseAbortive(Descriptor socket) {
  const linger no_time = {1, 0};
  setsockopt(ToSocket(socket), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char*>(&no_time),
             sizeof(no_time));
}

void MakeCloseQuick(Descriptor socket) {
  linger set = {};
  int length = sizeof(set);
  getsockopt(ToSocket(socket), SOL_SOCKET, SO_LINGER, reinterpret_cast<char*>(&set), &length);
  if (set.l_onoff == 0 || set.l_linger == 0) return;
  const linger off = {};
  setsockopt(ToSocket(socket), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char*>(&off),
             sizeof(off));
}

// Without SO_REUSEADDR, which on Windows would share the port with whoever asks for it: ports in
// TIME_WAIT can be bound as they are.
Result Bind(Descriptor socket, const abi::Address& address) {
  sockaddr_storage storage;
  const socklen_t length = ToSystemAddress(address, storage);
  if (length == 0) return Failure(WSAEAFNOSUPPORT);
  return FromStatus(bind(ToSocket(socket), reinterpret_cast<sockaddr*>(&storage), length));
}

Result Listen(Descriptor socket, int32_t backlog) {
  return FromStatus(listen(ToSocket(socket), backlog));
}

Result Accept(Descriptor socket, abi::Address& remote) {
  sockaddr_storage storage;
  socklen_t length = sizeof(storage);
  const SOCKET accepted = accept(ToSocket(socket), reinterpret_cast<sockaddr*>(&storage), &length);
  if (accepted == INVALID_SOCKET) return LastFailure();
  FromSystemAddress(storage, length, remote);
  return Prepare(accepted);
}

Result StartConnect(Descriptor socket, const abi::Address& address, bool) {
  sockaddr_storage storage;
  const socklen_t length = ToSystemAddress(address, storage);
  if (length == 0) return Failure(WSAEAFNOSUPPORT);
  const Result connected =
      FromStatus(connect(ToSocket(socket), reinterpret_cast<sockaddr*>(&storage), length));
  return connected.would_block() ? Failure(WSAEINPROGRESS) : connected;
}

Result FinishConnect(Descriptor socket) {
  int error = 0;
  int length = sizeof(error);
  if (getsockopt(ToSocket(socket), SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error),
                 &length) != 0) {
    return LastFailure();
  }
  if (error != 0) return Failure(error);
  sockaddr_storage storage;
  length = sizeof(storage);
  if (getpeername(ToSocket(socket), reinterpret_cast<sockaddr*>(&storage), &length) == 0) {
    return Result();
  }
  // No error and no peer: it was a false alarm, or the error was taken by another call.
  return Failure(IsConnectOver(ToSocket(socket)) ? WSAECONNABORTED : WSAEINPROGRESS);
}

Result Receive(Descriptor socket, Span span, uint32_t flags) {
  Message message;
  message.spans = &span;
  message.span_count = 1;
  message.flags = flags;
  return ReceiveMessage(socket, message);
}

Result AwaitReadable(Descriptor socket) {
  uint8_t byte;
  const Result peeked = Receive(socket, {&byte, 1}, socket_flags::kPeek);
  return peeked.ok() ? Result() : peeked;
}

Result Send(Descriptor socket, Span span, uint32_t flags) {
  int system = 0;
  if (!ToSystemFlags(flags, system)) return Failure(WSAEOPNOTSUPP);
  WSABUF buffer = {static_cast<ULONG>(span.length), reinterpret_cast<CHAR*>(span.data)};
  DWORD bytes = 0;
  const int status =
      WSASend(ToSocket(socket), &buffer, 1, &bytes, static_cast<DWORD>(system), nullptr, nullptr);
  if (status != 0) return LastFailure();
  return {bytes, socket_error::kSuccess, 0};
}

Result Shutdown(Descriptor socket, int32_t how) {
  return FromStatus(shutdown(ToSocket(socket), how));
}

Result GetLocalAddress(Descriptor socket, abi::Address& address) {
  sockaddr_storage storage = {};
  int length = sizeof(storage);
  const Result got =
      FromStatus(getsockname(ToSocket(socket), reinterpret_cast<sockaddr*>(&storage), &length));
  if (got.ok()) FromSystemAddress(storage, length, address);
  if (got.native_error != WSAEINVAL) return got;
  // A socket that is not bound; other systems answer with the address of none and port 0.
  Description description;
  const Result described = Describe(socket, description);
  if (!described.ok()) return described;
  const int family = ToSystemFamily(description.family);
  storage = {};
  storage.ss_family = static_cast<ADDRESS_FAMILY>(family);
  const bool is_unix = family == AF_UNIX;
  FromSystemAddress(storage, is_unix ? sizeof(storage.ss_family) : sizeof(storage), address);
  return Result();
}

Result GetRemoteAddress(Descriptor socket, abi::Address& address) {
  sockaddr_storage storage;
  int length = sizeof(storage);
  const Result got =
      FromStatus(getpeername(ToSocket(socket), reinterpret_cast<sockaddr*>(&storage), &length));
  if (got.ok()) FromSystemAddress(storage, length, address);
  return got;
}

Result GetAvailable(Descriptor socket) {
  u_long available = 0;
  if (ioctlsocket(ToSocket(socket), FIONREAD, &available) != 0) return LastFailure();
  return {static_cast<int64_t>(available), socket_error::kSuccess, 0};
}

Result IsAtMark(Descriptor socket) {
  u_long is_at_mark = 0;
  if (ioctlsocket(ToSocket(socket), SIOCATMARK, &is_at_mark) != 0) return LastFailure();
  return {is_at_mark != 0 ? 1 : 0, socket_error::kSuccess, 0};
}

Result IsReady(Descriptor socket, int32_t select_mode) {
  SelectSet asked(ToSocket(socket));
  const auto if_mode = [&](int32_t mode) { return select_mode == mode ? &asked.set : nullptr; };
  fd_set* const read = if_mode(select_mode::kRead);
  fd_set* const write = if_mode(select_mode::kWrite);
  fd_set* const error = if_mode(select_mode::kError);
  // No socket is ready for what does not exist; select() would refuse to be asked for nothing.
  if (read == nullptr && write == nullptr && error == nullptr) return Result();
  timeval at_once = {0, 0};
  const int count = select(0, read, write, error, &at_once);
  if (count == SOCKET_ERROR) return LastFailure();
  return {count, socket_error::kSuccess, 0};
}

// Not by getsockname(), which fails on Windows until the socket is bound.
Result Describe(Descriptor socket, Description& description) {
  WSAPROTOCOL_INFOW information;
  int length = sizeof(information);
  if (getsockopt(ToSocket(socket), SOL_SOCKET, SO_PROTOCOL_INFOW,
                 reinterpret_cast<char*>(&information), &length) != 0) {
    return LastFailure();
  }
  DWORD listening = 0;
  length = sizeof(listening);
  getsockopt(ToSocket(socket), SOL_SOCKET, SO_ACCEPTCONN, reinterpret_cast<char*>(&listening),
             &length);
  description.family = FromSystemFamily(information.iAddressFamily);
  description.type = FromSystemType(information.iSocketType);
  description.protocol = FromSystemProtocol(information.iAddressFamily, information.iProtocol);
  description.is_listening = listening != 0;
  return Result();
}

Result Adopt(Descriptor socket) {
  u_long on = 1;
  if (ioctlsocket(ToSocket(socket), FIONBIO, &on) != 0) return LastFailure();
  SetHandleInformation(reinterpret_cast<HANDLE>(socket), HANDLE_FLAG_INHERIT, 0);
  return Result();
}

// libuv has numbers of its own on Windows (uv/errno.h). Those that starting to watch can give:
Result FromLibuvError(int uv_error) {
  switch (uv_error) {
    case -4050:  // UV_ENOTSOCK
      return Failure(WSAENOTSOCK);
    case -4083:  // UV_EBADF
      return Failure(ERROR_INVALID_HANDLE);
    case -4066:  // UV_EMFILE
      return Failure(WSAEMFILE);
    case -4060:  // UV_ENOBUFS
    case -4057:  // UV_ENOMEM
      return Failure(WSAENOBUFS);
    default:
      return Failure(WSAEINVAL);
  }
}

}  // namespace saea::os
