#include "socket/direction.h"

#include <utility>

#include "os/numbers.h"
#include "socket/datagrams.h"
#include "socket/receive.h"
#include "socket/send.h"
#include "socket/socket_table.h"
#include "socket/window.h"

namespace saea::socket {

namespace {

// A peer that always has data ready would let every operation finish at once, and a caller that
// loops on "completed synchronously" would never return to the event loop. After this many
// synchronous finishes of one side in one turn the answer is "pending", and the result goes through
// the ring. Chosen by measurement: docs/decisions/0004-synchronous-budget.md.
constexpr uint8_t kSyncBudget = 32;

const os::Result kAborted = {0, os::socket_error::kOperationAborted, 0};

Outcome PerformOn(SocketHandle& socket, engine::Operation& operation, bool is_ready) {
  if (operation.buffers().is_attached()) {
    return VerbOf(operation.kind()).perform(socket, operation, is_ready);
  }
  // The user transferred the ArrayBuffer away while it was in use. Its memory may be gone. A
  // connect may have come through by now, which the next one must not find.
  if (operation.kind() == abi::Kind::kConnect) socket.RequireRenewal();
  operation.SetResult(os::socket_error::kFault, 0);
  return Outcome::kDone;
}

// A Receive or a Send of a window of bytes, without flags. (A receive without room only waits.)
bool IsPlainTransfer(engine::Operation& operation) {
  const abi::Record& record = operation.record();
  const bool moves_bytes = operation.kind() == abi::Kind::kSend ||
                           (operation.kind() == abi::Kind::kReceive && record.count > 0);
  return moves_bytes && record.socket_flags == os::socket_flags::kNone &&
         !operation.buffers().is_list() && operation.buffers().is_attached();
}

bool IsOver(Outcome outcome) {
  return outcome != Outcome::kWouldBlock && outcome != Outcome::kHeld;
}

}  // namespace

abi::Submission Direction::Submit(SocketHandle& socket, engine::Operation& operation,
                                  bool may_finish_now) {
  const bool stands_in_line = VerbOf(operation.kind()).stands_in_line;
  if (!stands_in_line) PerformCollected(socket);
  const bool is_next = waiting_.empty() && may_be_ready_;
  if (!is_next && stands_in_line) return Enqueue(socket, operation);
  if (!may_finish_now && socket.is_stream()) {
    is_in_batch_ = true;
    Enqueue(socket, operation);
    socket.table().transfers().Add(socket, side_, false);
    return abi::Submission::kPending;
  }
  if (!socket.is_stream() && stands_in_line && IsInCompany(socket, operation, may_finish_now)) {
    if (side_ == Side::kWrite) Collect(socket);
    return Enqueue(socket, operation);
  }
  return IsOver(Perform(socket, operation, false)) ? Finish(socket, operation, may_finish_now)
                                                   : Enqueue(socket, operation);
}

void Direction::OnReady(SocketHandle& socket) {
  if (is_in_batch_ || rest_ != nullptr) return;  // it has been told already, or too often
  if (!socket.is_stream() || waiting_.empty() || is_held_) {
    Proceed(socket);
    return;
  }
  may_be_ready_ = true;
  is_in_batch_ = true;
  socket.table().transfers().Add(socket, side_, true);
}

bool Direction::LeaveBatch() {
  return std::exchange(is_in_batch_, false);
}

bool Direction::Describe(const SocketHandle& socket, os::Transfer& transfer) {
  if (!IsPlainTransfer(*waiting_.front())) return false;
  transfer.socket = socket.descriptor();
  transfer.span = RemainingWindow(*waiting_.front());
  transfer.is_send = side_ == Side::kWrite;
  return true;
}

bool Direction::OnTransferred(SocketHandle& socket, const os::Transfer& transfer) {
  engine::Operation& operation = *waiting_.front();
  const size_t asked = transfer.span.length;
  const Outcome outcome = transfer.is_send
                              ? FinishSend(socket, operation, transfer.result, asked)
                              : FinishReceive(socket, operation, transfer.result, asked);
  Note(socket, outcome);
  if (IsOver(outcome)) CompleteFirst(socket);
  return IsOver(outcome) || !transfer.result.would_block();
}

void Direction::Proceed(SocketHandle& socket) {
  may_be_ready_ = true;
  if (waiting_.empty() || is_held_) {
    socket.Unwatch(event());
    return;
  }
  GoOn(socket, true);
}

void Direction::GoOn(SocketHandle& socket, bool is_ready) {
  engine::Operation* const first = waiting_.front();
  const uint64_t progress_bytes = first == nullptr ? 0 : first->progress_bytes();
  PerformWaiting(socket, is_ready);
  const bool is_as_before = first != nullptr && waiting_.front() == first && !is_held_ &&
                            first->progress_bytes() == progress_bytes;
  if (!is_as_before) false_alarms_ = 0;
  if (is_as_before && is_ready) CountFalseAlarm(socket);
  // No system call, unless the watching has ended because of an error on the socket.
  if (!waiting_.empty()) WatchOrFail(socket);
}

// As many calls as there are operations at most: they were all asked for, so this ends.
void Direction::PerformWaiting(SocketHandle& socket, bool is_ready) {
  while (!waiting_.empty() && may_be_ready_) {
    const bool is_alone = socket.is_stream() || !PerformTogether(socket);
    if (is_alone && !PerformFirst(socket, is_ready)) return;
    is_ready = false;
  }
}

// What is known of the side afterwards follows from the outcome, and only from that.
Outcome Direction::Perform(SocketHandle& socket, engine::Operation& operation, bool is_ready) {
  const Outcome outcome = PerformOn(socket, operation, is_ready);
  Note(socket, outcome);
  return outcome;
}

void Direction::Note(SocketHandle& socket, Outcome outcome) {
  if (IsOver(outcome)) false_alarms_ = 0;
  if (is_trying_for_more_) more_data_.Learn(IsOver(outcome));
  is_trying_for_more_ = outcome == Outcome::kDoneAndFull && more_data_.IsWorthTrying();
  may_be_ready_ = outcome == Outcome::kDone || is_trying_for_more_;
  if (outcome == Outcome::kHeld) Hold(socket);
}

// False if it goes on waiting.
bool Direction::PerformFirst(SocketHandle& socket, bool is_ready) {
  engine::Operation& operation = *waiting_.front();
  if (!IsOver(Perform(socket, operation, is_ready))) return false;
  // It has renewed the descriptor, which cannot be watched, and all that was in line has failed.
  if (waiting_.front() != &operation) return false;
  CompleteFirst(socket);
  return true;
}

// False if the first in line must go alone.
bool Direction::PerformTogether(SocketHandle& socket) {
  const Together together =
      socket::PerformTogether(socket.descriptor(), side_, waiting_, segmenting_);
  if (together.must_go_alone) return false;
  may_be_ready_ = together.may_be_ready;
  for (size_t i = 0; i < together.done_count; ++i) CompleteFirst(socket);
  return true;
}

// Whether a datagram's operation is better not tried by itself, though it could be. Handlers of a
// batch start one operation each, and all of them fit into one call: sends at the end of the turn,
// receives when the system says that there is something. As long as completions of the socket are
// on their way, more of them will come; the last one is not kept waiting for others.
bool Direction::IsInCompany(SocketHandle& socket, engine::Operation& operation,
                            bool may_finish_now) {
  const bool is_alone = !socket.loop().is_draining() || socket.is_dispatched();
  if (is_alone && may_finish_now) return false;
  os::Datagram datagram;
  return Joins(operation, datagram);
}

void Direction::Collect(SocketHandle& socket) {
  is_collecting_ = true;
  socket.SendAtTurnEnd();
}

void Direction::PerformCollected(SocketHandle& socket) {
  if (!is_collecting_) return;
  is_collecting_ = false;
  GoOn(socket, false);
}

void Direction::Resume(SocketHandle& socket) {
  CHECK(is_held_);
  is_held_ = false;
  Proceed(socket);
}

bool Direction::Cancel(SocketHandle& socket, engine::Operation& operation) {
  const bool was_first = waiting_.front() == &operation;
  if (!waiting_.Remove(operation)) return false;
  socket.RemoveWaiting();
  operation.SetResult(kAborted.error, kAborted.native_error);
  last_completion_ = socket.loop().Complete(operation);
  if (was_first) {
    is_held_ = false;
    if (!waiting_.empty()) WatchOrFail(socket);
  }
  return true;
}

void Direction::CancelAll(SocketHandle& socket) {
  FailAll(socket, kAborted);
}

void Direction::AbandonAll() {
  while (!waiting_.empty()) waiting_.Pop().Abandon();
}

void Direction::Reset(SocketHandle& socket) {
  may_be_ready_ = true;
  is_trying_for_more_ = false;
  segmenting_ = os::Segmenting::kUnknown;
  EndRest();
  if (!waiting_.empty()) WatchOrFail(socket);
}

abi::Submission Direction::Enqueue(SocketHandle& socket, engine::Operation& operation) {
  operation.Wait();
  waiting_.Push(operation);
  socket.AddWaiting();
  WatchOrFail(socket);
  return abi::Submission::kPending;
}

abi::Submission Direction::Finish(SocketHandle& socket, engine::Operation& operation,
                                  bool may_finish_now) {
  if (may_finish_now && MayFinishNow(socket)) {
    operation.FinishNow();
    return abi::Submission::kCompleted;
  }
  last_completion_ = socket.loop().Complete(operation);
  return abi::Submission::kPending;
}

bool Direction::MayFinishNow(SocketHandle& socket) {
  const engine::Loop& loop = socket.loop();
  if (!loop.is_dispatched(last_completion_)) return false;
  if (turn_ != loop.turn()) {
    turn_ = loop.turn();
    finished_now_ = 0;
  }
  if (finished_now_ == kSyncBudget) return false;
  ++finished_now_;
  return true;
}

void Direction::CompleteFirst(SocketHandle& socket) {
  engine::Operation& operation = waiting_.Pop();
  socket.RemoveWaiting();
  last_completion_ = socket.loop().Complete(operation);
}

// The socket may be ready all the time, which is not what the first in line waits for.
void Direction::Hold(SocketHandle& socket) {
  is_held_ = true;
  socket.Unwatch(event());
}

void Direction::CountFalseAlarm(SocketHandle& socket) {
  if (false_alarms_ < Rest::kMostCounted) ++false_alarms_;
  const uint32_t rest_ms = Rest::After(false_alarms_);
  if (rest_ms == 0) return;
  socket.Unwatch(event());
  rest_ = std::make_unique<Rest>(socket, *this, rest_ms);
}

void Direction::OnRested(SocketHandle& socket) {
  rest_.reset();
  if (!waiting_.empty()) WatchOrFail(socket);
}

void Direction::WatchOrFail(SocketHandle& socket) {
  if (is_held_ || is_collecting_ || is_in_batch_ || rest_ != nullptr) return;
  const os::Result watched = socket.Watch(event());
  if (!watched.ok()) FailAll(socket, watched);
}

void Direction::FailAll(SocketHandle& socket, const os::Result& why) {
  is_held_ = false;
  is_collecting_ = false;
  is_in_batch_ = false;
  EndRest();
  while (!waiting_.empty()) {
    waiting_.front()->SetResult(why.error, why.native_error);
    CompleteFirst(socket);
  }
}

}  // namespace saea::socket
