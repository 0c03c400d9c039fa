// THE platform contract: every system call on a socket, as free functions with two bodies, chosen
// by the build (os/posix, os/win). Sockets are always non-blocking and close-on-exec. Interrupted
// calls are retried here, once for all. Numbers of flags, families, levels and errors are .NET's on
// this side of the contract and the system's on the other.

#ifndef SAEA_OS_SOCKET_OPS_H_
#define SAEA_OS_SOCKET_OPS_H_

#include <cstddef>
#include <cstdint>

#include "abi/abi.h"
#include "os/socket_error.h"

namespace saea::os {

using Descriptor = intptr_t;
constexpr Descriptor kNoDescriptor = -1;

// What a call gave: error is Success and value counts, or error says why not and value is 0.
// native_error is the system's number behind error.
struct Result {
  int64_t value = 0;
  int32_t error = socket_error::kSuccess;
  int32_t native_error = 0;

  bool ok() const { return error == socket_error::kSuccess; }
  bool would_block() const { return error == socket_error::kWouldBlock; }
};

struct Span {
  uint8_t* data;
  size_t length;
};
// The most spans one call takes; callers send longer lists in several calls.
constexpr size_t kMaxSpans = 1024;

// A new socket; value is the descriptor. IPv6 sockets start without dual mode, as in .NET.
// AddressFamilyNotSupported, ProtocolType, ProtocolNotSupported, AccessDenied, TooManyOpenSockets.
Result Create(int32_t family, int32_t type, int32_t protocol);

// Closes the descriptor, whatever happens. Nothing may be watching it any more.
void Close(Descriptor socket);

// Makes the coming Close send a reset instead of an orderly end, on sockets that know the
// difference.
void MakeCloseAbortive(Descriptor socket);

// Makes the coming Close return at once where a time to linger (SO_LINGER) would have it wait for
// the peer, or fail. What was sent goes out all the same.
void MakeCloseQuick(Descriptor socket);

// Binds. Stream sockets get SO_REUSEADDR first, so that a port in TIME_WAIT can be bound again.
// AddressAlreadyInUse, AddressNotAvailable, AccessDenied.
Result Bind(Descriptor socket, const abi::Address& address);

Result Listen(Descriptor socket, int32_t backlog);

// Takes one connection; value is its descriptor. WouldBlock, ConnectionAborted, TooManyOpenSockets.
Result Accept(Descriptor socket, abi::Address& remote);

// Starts to connect. InProgress: it goes on in the background; FinishConnect when it is writable.
// Ok: connected already (datagram and Unix-domain sockets). WouldBlock: the backlog of a
// Unix-domain listener is full; nothing was started, and nothing will tell when there is room.
// has_data: the caller will send at once, so FastOpen, if the user has set it, can be used.
Result StartConnect(Descriptor socket, const abi::Address& address, bool has_data);

// The outcome of a connect that went on in the background. InProgress if it still does.
// ConnectionAborted if it failed and another call has taken the error (a receive, or GetOption).
Result FinishConnect(Descriptor socket);

// Receives. value is the number of bytes; 0 with a non-zero length is the end of a stream.
// OperationNotSupported: a flag that this platform does not take.
Result Receive(Descriptor socket, Span span, uint32_t flags);

// A receive or a send with everything that can go with it.
struct Message {
  const Span* spans = nullptr;
  size_t span_count = 0;
  uint32_t flags = 0;               // SocketFlags in; after a receive, those that came out
  abi::Address* address = nullptr;  // whom to send to; after a receive, whom it came from
  abi::PacketInformation* packet_information = nullptr;  // receive only, if wanted
};

// Receives into several spans. family Unspecified in the address: the system gave none.
Result ReceiveMessage(Descriptor socket, Message& message);

// Makes the system tell the packet information of what arrives from now on; where an IPv6 socket
// can get IPv4 packets, theirs too.
Result EnablePacketInformation(Descriptor socket);

// Ok when the socket has data, an end of stream or an error to report; consumes nothing. With a
// message, its flags and address are those of the data.
Result AwaitReadable(Descriptor socket);
Result AwaitMessage(Descriptor socket, Message& message);

// Sends. value is the number of bytes taken, which may be fewer on streams. Never raises a signal.
Result Send(Descriptor socket, Span span, uint32_t flags);
Result SendTo(Descriptor socket, Span span, uint32_t flags, const abi::Address& address);
Result SendMessage(Descriptor socket, const Message& message);

// how is SocketShutdown.
Result Shutdown(Descriptor socket, int32_t how);

// Whether a socket becomes readable when it is shut down for receiving. On Windows nothing tells
// those who wait, though a receive would answer at once.
#ifdef _WIN32
constexpr bool kShutdownWakesReceives = false;
#else
constexpr bool kShutdownWakesReceives = true;
#endif

Result GetLocalAddress(Descriptor socket, abi::Address& address);
Result GetRemoteAddress(Descriptor socket, abi::Address& address);

// Bytes that can be read without waiting.
Result GetAvailable(Descriptor socket);

// value is 1 if all that came before the urgent byte has been read, else 0.
Result IsAtMark(Descriptor socket);

// value is 1 if the socket is ready for what a SelectMode means, else 0; never waits.
Result IsReady(Descriptor socket, int32_t select_mode);

// Options by .NET's level and name; the value in .NET's form, which for most is one int32. For
// get, value is the length written. OperationNotSupported: not known on this platform.
Result SetOption(Descriptor socket, int32_t level, int32_t name, const uint8_t* value,
                 size_t length);
Result GetOption(Descriptor socket, int32_t level, int32_t name, uint8_t* value, size_t capacity);

// The same options by .NET's level and name, but the bytes as the system has them. Errors, types,
// fragmenting and sharing of addresses are in .NET's form here too; memberships of IPv6 groups are
// not to be had. Fault: no bytes.
Result SetOptionBytes(Descriptor socket, int32_t level, int32_t name, const uint8_t* value,
                      size_t length);
Result GetOptionBytes(Descriptor socket, int32_t level, int32_t name, uint8_t* value,
                      size_t capacity);

// Options by the system's own numbers. Fault: no bytes to set.
Result SetRawOption(Descriptor socket, int32_t level, int32_t name, const uint8_t* value,
                    size_t length);
Result GetRawOption(Descriptor socket, int32_t level, int32_t name, uint8_t* value,
                    size_t capacity);

// A fresh socket of the same family, type and protocol, with what the user may have set as an
// option on the old one. An option that cannot be copied is left at the system's default.
Result CreateLike(Descriptor socket);

// What a descriptor from elsewhere is, in .NET's numbers. NotSocket.
struct Description {
  int32_t family;
  int32_t type;
  int32_t protocol;
  bool is_listening;
};
Result Describe(Descriptor socket, Description& description);

// Makes a descriptor from elsewhere fit for the engine: non-blocking and close-on-exec.
Result Adopt(Descriptor socket);

// The error that libuv reports for a descriptor it cannot watch.
Result FromLibuvError(int uv_error);

}  // namespace saea::os

#endif  // SAEA_OS_SOCKET_OPS_H_
