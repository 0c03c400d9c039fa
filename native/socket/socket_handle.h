// One open socket: a descriptor, its two sides, and the order in which they end.
//
// Closing completes what waits with OperationAborted, in line order, never from inside the call:
// completions go through the ring. The watcher stops before the descriptor closes, since closed
// numbers are reused at once.

#ifndef SAEA_SOCKET_SOCKET_HANDLE_H_
#define SAEA_SOCKET_SOCKET_HANDLE_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/loop.h"
#include "engine/readiness.h"
#include "os/numbers.h"
#include "os/socket_ops.h"
#include "socket/direction.h"
#include "socket/verbs.h"

namespace saea::socket {

class SocketTable;

// What all sockets of an environment have in common.
struct Surroundings {
  engine::Loop& loop;
  SocketTable& table;
};

class SocketHandle : private engine::Readiness {
 public:
  SocketHandle(const Surroundings& surroundings, uint32_t id, os::Descriptor descriptor,
               bool is_stream);
  SocketHandle(const SocketHandle&) = delete;
  SocketHandle& operator=(const SocketHandle&) = delete;

  uint32_t id() const { return id_; }
  os::Descriptor descriptor() const { return descriptor_; }
  bool is_stream() const { return is_stream_; }
  SocketTable& table() { return surroundings_.table; }
  engine::Loop& loop() { return surroundings_.loop; }

  // Starts an operation. Every path ends in exactly one completion: through the completion ring, or
  // by this answer if it may.
  abi::Submission Submit(engine::Operation& operation, bool may_finish_now);

  // Ends waiting operations with OperationAborted: one (false if it does not wait here), or all.
  bool Cancel(engine::Operation& operation);
  void CancelAll();

  // Closes the descriptor; SocketTable then frees this object. Abortive (the peer sees a reset) if
  // asked, or if operations were waiting on a socket that was not shut down for sending.
  void Close(bool abortive);

  // Ends everything that waits and gives the descriptor away; nobody watches it any more.
  os::Descriptor ReleaseDescriptor();

  // Closes without telling anybody: the environment is going.
  void Abandon();

  // Calls that are not operations; see os/socket_ops.h.
  os::Result Bind(const abi::Address& address) { return os::Bind(descriptor_, address); }
  os::Result Listen(int32_t backlog);
  os::Result Shutdown(int32_t how);
  os::Result GetLocalAddress(abi::Address& address) {
    return os::GetLocalAddress(descriptor_, address);
  }
  os::Result GetRemoteAddress(abi::Address& address) {
    return os::GetRemoteAddress(descriptor_, address);
  }
  os::Result GetAvailable() { return os::GetAvailable(descriptor_); }
  os::Result IsAtMark() { return os::IsAtMark(descriptor_); }
  os::Result IsReady(int32_t select_mode) { return os::IsReady(descriptor_, select_mode); }
  os::Result SetOption(int32_t level, int32_t name, const uint8_t* value, size_t length) {
    NoteOption(level, name);
    return os::SetOption(descriptor_, level, name, value, length);
  }
  os::Result GetOption(int32_t level, int32_t name, uint8_t* value, size_t capacity) {
    return os::GetOption(descriptor_, level, name, value, capacity);
  }
  os::Result SetOptionBytes(int32_t level, int32_t name, const uint8_t* value, size_t length) {
    NoteOption(level, name);
    return os::SetOptionBytes(descriptor_, level, name, value, length);
  }
  os::Result GetOptionBytes(int32_t level, int32_t name, uint8_t* value, size_t capacity) {
    return os::GetOptionBytes(descriptor_, level, name, value, capacity);
  }
  os::Result SetRawOption(int32_t level, int32_t name, const uint8_t* value, size_t length);
  os::Result GetRawOption(int32_t level, int32_t name, uint8_t* value, size_t capacity) {
    return os::GetRawOption(descriptor_, level, name, value, capacity);
  }

  // Whether a close of the descriptor might wait for the peer. It is not asked, as hardly any does
  // and each call counts; connections have it from their listener.
  bool may_linger() const { return may_linger_; }
  void set_may_linger(bool may_linger) { may_linger_ = may_linger; }

  bool is_listening() const { return is_listening_; }

  // What is known of a descriptor from elsewhere.
  void NoteAdopted(const os::Description& description) {
    is_listening_ = description.is_listening;
    may_linger_ = true;
  }

  // Puts a fresh unconnected descriptor of the same kind, with the same options, in place of this
  // one, for connecting again after a failure or a disconnect. Operations that wait go on waiting.
  os::Result RenewDescriptor();

  // Referenced sockets keep the process alive while operations wait on them.
  void SetReferenced(bool referenced);

  // Ends the connection in both directions; what waits to receive gets OperationAborted if the
  // descriptor is renewed.
  os::Result Disconnect(abi::Ending ending);

  // What a held operation of the write side waited for has come.
  void ResumeWriting() { write_.Resume(*this); }

  // Makes the system tell the packet information of datagrams, once.
  os::Result EnablePacketInformation();

  // Sends what was collected to leave together, now: for whatever comes after it.
  void SendCollected() { write_.PerformCollected(*this); }

  // For TransferBatch.
  Direction& direction(Side side) { return side == Side::kRead ? read_ : write_; }

  // For Direction: SendCollected is called at the end of the turn.
  void SendAtTurnEnd();

  // Whether lib has seen all completions of this socket.
  bool is_dispatched() const {
    return read_.is_dispatched(surroundings_.loop) && write_.is_dispatched(surroundings_.loop);
  }

  // For Direction: the watcher, and the count of those who wait.
  os::Result Watch(uint8_t events);
  void Unwatch(uint8_t events) { Readiness::Unwatch(loop(), events); }
  void AddWaiting();
  void RemoveWaiting();

  // For connect.cc: until the connection is made, receives wait. They would find nothing, or take
  // the error that says why it failed, and the connect would look like a success.
  void set_may_read(bool may_read) { read_.set_may_be_ready(may_read); }

  // Whether the next connect takes a fresh descriptor, as this one is spoilt: by an attempt that
  // failed, or by a shutdown before there was a connection.
  bool needs_renewal() const { return needs_renewal_; }
  void RequireRenewal() { needs_renewal_ = true; }

 private:
  static void OnReady(Readiness& self, uint8_t events);

  void StopWatching() { Readiness::Close(loop()); }

  void NoteOption(int32_t level, int32_t name) {
    if (level == os::socket_option::kSocketLevel && name == os::socket_option::kLinger)
      may_linger_ = true;
  }

  // Nobody waits for it: neither the loop, of which the close would be a part, nor the peer.
  void CloseDescriptor(os::Descriptor descriptor) {
    if (may_linger_ && !is_listening_) os::MakeCloseQuick(descriptor);
    os::Close(descriptor);
  }

  // What the user has set that os::CreateLike does not know of; a fresh descriptor gets it too.
  struct RawOption {
    int32_t level;
    int32_t name;
    std::vector<uint8_t> value;
  };

  // Ten thousand idle connections have ten thousand of these, so what is seldom there is not in it.
  const Surroundings& surroundings_;
  os::Descriptor descriptor_;
  const uint32_t id_;
  Direction read_{Side::kRead};
  Direction write_{Side::kWrite};
  std::unique_ptr<std::vector<RawOption>> raw_options_;  // null until there is one
  uint32_t waiting_ = 0;
  const bool is_stream_ : 1;
  bool is_referenced_ : 1;
  bool is_shut_for_sending_ : 1;
  bool needs_renewal_ : 1;
  bool tells_packet_information_ : 1;
  bool may_linger_ : 1;
  bool is_listening_ : 1;
};

}  // namespace saea::socket

#endif  // SAEA_SOCKET_SOCKET_HANDLE_H_
