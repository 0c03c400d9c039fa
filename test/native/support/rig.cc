#include "support/rig.h"

#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "os/numbers.h"
#include "support/test.h"

namespace saea::test {

namespace {

constexpr auto kDeadline = std::chrono::seconds(10);
constexpr int kWaitMs = 20;
constexpr int kIdleTurns = 3;

}  // namespace

EventArgs::EventArgs(Rig& rig, uint32_t slot, size_t length_bytes)
    : rig_(rig),
      slot_(slot),
      memory_(length_bytes),
      region_(reinterpret_cast<uint8_t*>(memory_.data()), length_bytes, kOwner, this) {
  if (length_bytes > 0) SetWhole();
}

EventArgs::~EventArgs() {
  operation().buffers().Clear();
  region_.Unref();
  if (is_referenced_) Fail(__FILE__, __LINE__, "no references to the memory of event args");
}

void EventArgs::Fill(const std::string& bytes) {
  if (bytes.size() > memory_.size()) std::abort();
  std::copy(bytes.begin(), bytes.end(), memory_.begin());
}

void EventArgs::Post(Handle socket, abi::Kind kind) {
  WriteRecord(socket, kind);
  abi::Submissions& ring = rig_.submissions;
  ring.entries[ring.tail % abi::kRingEntries] = slot_;
  ++ring.tail;
  is_pending_ = true;
}

void EventArgs::SetWindow(uint32_t offset, uint32_t count) {
  offset_ = offset;
  count_ = count;
}

void EventArgs::SetWhole() {
  operation().buffers().SetSingle(region_, 0, memory_.size());
  SetWindow(0, static_cast<uint32_t>(memory_.size()));
}

void EventArgs::SetList(const std::vector<size_t>& lengths) {
  operation().buffers().BeginList(static_cast<uint32_t>(lengths.size()));
  size_t offset = 0;
  for (uint32_t i = 0; i < lengths.size(); ++i) {
    const bool is_inside = operation().buffers().SetSegment(i, region_, offset, lengths[i]);
    if (!is_inside) std::abort();
    offset += lengths[i];
  }
  SetWindow(0, 0);
}

void EventArgs::WriteRecord(Handle socket, abi::Kind kind) {
  abi::Record& record = operation().record();
  record.socket_handle = socket;
  record.kind = static_cast<uint32_t>(kind);
  record.offset = offset_;
  record.count = count_;
  record.socket_flags = socket_flags;
  record.ending = static_cast<uint32_t>(ending);
  ++submitted_count_;
}

abi::Submission EventArgs::Submit(Handle socket, abi::Kind kind) {
  WriteRecord(socket, kind);
  const abi::Submission submission = rig_.at(socket).Submit(operation(), true);
  is_pending_ = submission == abi::Submission::kPending;
  if (!is_pending_) ++completed_count_;
  return submission;
}

uint32_t EventArgs::CompleteUnperformed() {
  ++submitted_count_;
  is_pending_ = true;
  operation().Submit();
  return rig_.loop.Complete(operation());
}

bool EventArgs::Cancel(Handle socket) {
  return rig_.at(socket).Cancel(operation());
}

engine::Operation& EventArgs::operation() {
  return rig_.operations.at(slot_);
}

bool EventArgs::IsAttached(const engine::MemoryRegion& region) {
  return static_cast<EventArgs*>(region.context())->is_attached_;
}

void EventArgs::OnUnreferenced(engine::MemoryRegion& region) {
  static_cast<EventArgs*>(region.context())->is_referenced_ = false;
}

Rig::Rig(bool shares_calls)
    : loop(event_loop.uv(), ring, OnDrain, this),
      sockets(loop, operations, submissions, shares_calls),
      own_handle_count_(event_loop.open_handle_count()),
      descriptors_before_(OpenDescriptorCount()),
      chunk_(std::make_unique<abi::Chunk>()) {
  operations.AddChunk(chunk_.get());
}

Rig::~Rig() {
  bool is_closed = false;
  sockets.AbandonAll();
  loop.Close([](void* closed) { *static_cast<bool*>(closed) = true; }, &is_closed);
  event_loop.RunTurn();
#if SAEA_REAL_LIBUV
  RunUntil([&is_closed] { return is_closed; });  // a thread of the pool may still be at work
#endif
  if (!is_closed) Fail(__FILE__, __LINE__, "the loop to close in one turn");
  const size_t descriptors = OpenDescriptorCount();
  if (descriptors > descriptors_before_) {
    Fail(__FILE__, __LINE__, "no descriptors left open, but there are " + Describe(descriptors));
  }
}

EventArgs& Rig::NewArgs(size_t length_bytes) {
  const auto slot = static_cast<uint32_t>(args_.size());
  args_.push_back(std::make_unique<EventArgs>(*this, slot, length_bytes));
  return *args_.back();
}

EventArgs& Rig::NewArgs(const std::string& bytes) {
  EventArgs& args = NewArgs(bytes.size());
  args.Fill(bytes);
  return args;
}

Handle Rig::Connect(PairKind kind, Peer& peer) {
  Pair pair = MakePair(kind);
  peer = std::move(pair.theirs);
  return sockets.Add(pair.ours, IsStream(kind)).id();
}

Handle Rig::Listen(int system_family, abi::Address& address) {
  socket::SocketHandle& listener = sockets.Add(test::Listen(system_family, address), true);
  EXPECT_TRUE(listener.Listen(SOMAXCONN).ok());
  return listener.id();
}

Handle Rig::Create(int32_t family, int32_t type, int32_t protocol) {
  const os::Result created = sockets.Create(family, type, protocol);
  if (!created.ok()) std::abort();
  return static_cast<Handle>(created.value);
}

bool Rig::RunUntil(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + kDeadline;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) {
      Fail(__FILE__, __LINE__, "the condition to hold within the deadline");
      return false;
    }
    event_loop.RunTurn(kWaitMs);
  }
  return true;
}

bool Rig::RunUntilDone(const EventArgs& args) {
  return RunUntil([&args] { return !args.is_pending(); });
}

void Rig::AwaitAvailable(Handle socket, size_t length_bytes) {
  const auto end = std::chrono::steady_clock::now() + kDeadline;
  while (at(socket).GetAvailable().value < static_cast<int64_t>(length_bytes)) {
    if (std::chrono::steady_clock::now() > end) {
      return Fail(__FILE__, __LINE__, "the bytes to arrive within the deadline");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

void Rig::RunIdly() {
  for (int turn = 0; turn < kIdleTurns; ++turn) event_loop.RunTurn(1);
}

// As binding/drain.cc and lib/internal/dispatch.ts do it: an entry counts as read before its event.
void Rig::OnDrain(void* self) {
  auto& rig = *static_cast<Rig*>(self);
  ++rig.drain_count;
  while (rig.loop.PublishTurn()) {
    const uint32_t tail = rig.ring.tail;
    while (rig.ring.head != tail) {
      const uint32_t slot = rig.ring.entries[rig.ring.head % abi::kRingEntries];
      ++rig.ring.head;
      rig.dispatched.push_back(slot);
      EventArgs& args = *rig.args_[slot];
      if (args.completed_count_ == args.submitted_count_) {
        Fail(__FILE__, __LINE__, "an event for an operation in flight");
      }
      args.is_pending_ = false;
      ++args.completed_count_;
      if (args.on_completed) args.on_completed(args);
    }
  }
}

}  // namespace saea::test
