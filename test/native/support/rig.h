// The engine without Node: a loop, a ring, operations and sockets, and the part of lib that reads
// the ring and raises events.

#ifndef SAEA_TEST_NATIVE_SUPPORT_RIG_H_
#define SAEA_TEST_NATIVE_SUPPORT_RIG_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/loop.h"
#include "engine/memory_region.h"
#include "engine/operation_table.h"
#include "socket/socket_table.h"
#include "support/event_loop.h"
#include "support/peer.h"

namespace saea::test {

using Handle = uint32_t;

class Rig;

// The event args of one slot: its record, its buffer, and what became of it. Owned by the rig.
class EventArgs {
 public:
  EventArgs(Rig& rig, uint32_t slot, size_t length_bytes);
  EventArgs(const EventArgs&) = delete;
  EventArgs& operator=(const EventArgs&) = delete;
  ~EventArgs();

  // The buffer, of which the whole is the window until SetWindow.
  std::string Text() const { return {memory_.begin(), memory_.end()}; }
  void Fill(const std::string& bytes);
  void SetWindow(uint32_t offset, uint32_t count);
  void SetWhole();
  // The buffer as a list of segments of these lengths, one behind the other.
  void SetList(const std::vector<size_t>& lengths);
  bool has_list() { return operation().buffers().is_list(); }
  // As when the user transfers the ArrayBuffer away.
  void Detach() { is_attached_ = false; }

  // What lib sets before it submits.
  uint32_t socket_flags = 0;
  abi::Ending ending = abi::Ending::kNone;
  abi::Address& address() { return operation().address(); }

  abi::Submission Submit(Handle socket, abi::Kind kind);
  // As lib does from within a handler: native looks at it when the handlers have run.
  void Post(Handle socket, abi::Kind kind);
  bool Cancel(Handle socket);
  // An operation that nothing performs: complete at once, with this number in the ring.
  uint32_t CompleteUnperformed();

  // What lib reads afterwards.
  bool is_pending() const { return is_pending_; }
  int completed_count() const { return completed_count_; }  // synchronous ones included
  const abi::Record& record() { return operation().record(); }
  int32_t error() { return record().socket_error; }
  uint32_t transferred() { return record().bytes_transferred; }
  std::string TransferredText() { return Text().substr(record().offset, transferred()); }
  engine::Operation& operation();
  uint32_t slot() const { return slot_; }

  // The event: raised for results that came through the ring.
  std::function<void(EventArgs& args)> on_completed;

 private:
  friend class Rig;

  void WriteRecord(Handle socket, abi::Kind kind);

  static bool IsAttached(const engine::MemoryRegion& region);
  static void OnUnreferenced(engine::MemoryRegion& region);
  static constexpr engine::MemoryRegion::Owner kOwner = {IsAttached, OnUnreferenced};

  Rig& rig_;
  const uint32_t slot_;
  std::vector<char> memory_;
  engine::MemoryRegion region_;
  bool is_attached_ = true;
  bool is_referenced_ = true;
  bool is_pending_ = false;
  int submitted_count_ = 0;
  int completed_count_ = 0;
  uint32_t offset_ = 0;
  uint32_t count_ = 0;
};

class Rig {
 public:
  // shares_calls: false for sends and receives by a call each.
  explicit Rig(bool shares_calls = true);
  Rig(const Rig&) = delete;
  Rig& operator=(const Rig&) = delete;
  // Tears down as an environment does. Fails the test if a handle or a descriptor stays open.
  ~Rig();

  // Event args with a buffer of so many bytes, or with none.
  EventArgs& NewArgs(size_t length_bytes = 0);
  EventArgs& NewArgs(const std::string& bytes);

  // One end of a pair becomes a socket of ours, the other stays with the test.
  Handle Connect(PairKind kind, Peer& peer);
  // A listening socket of ours.
  Handle Listen(int system_family, abi::Address& address);
  Handle Create(int32_t family, int32_t type, int32_t protocol);
  socket::SocketHandle& at(Handle handle) { return sockets.at(handle); }

  void RunTurn() { event_loop.RunTurn(); }

  // Handles opened since the beginning; without the stopped watchers that wait for the next socket
  // of their number.
  size_t new_handle_count() const { return event_loop.open_handle_count() - own_handle_count_; }
  size_t busy_handle_count() const { return new_handle_count() - loop.poller().kept_count(); }
  // Runs turns until the condition holds; false, and a failure of the test, after a deadline.
  bool RunUntil(const std::function<bool()>& condition);
  bool RunUntilDone(const EventArgs& args);
  // Waits, without running turns, until so many bytes have arrived.
  void AwaitAvailable(Handle socket, size_t length_bytes);
  // Runs turns in which nothing is expected to happen.
  void RunIdly();

  EventLoop event_loop;
  abi::Completions ring = {};
  abi::Submissions submissions = {};
  engine::OperationTable operations;
  engine::Loop loop;
  socket::SocketTable sockets;
  std::vector<uint32_t> dispatched;  // slots, in the order of their events
  int drain_count = 0;

 private:
  friend class EventArgs;

  static void OnDrain(void* self);

  const size_t own_handle_count_;
  const size_t descriptors_before_;
  std::unique_ptr<abi::Chunk> chunk_;
  std::vector<std::unique_ptr<EventArgs>> args_;
};

}  // namespace saea::test

#endif  // SAEA_TEST_NATIVE_SUPPORT_RIG_H_
