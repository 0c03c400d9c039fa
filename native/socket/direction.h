// One side of a socket: the read side or the write side. Operations stand in line here; the first
// is performed when the system lets it. The place, the only one, where readiness becomes
// completion.

#ifndef SAEA_SOCKET_DIRECTION_H_
#define SAEA_SOCKET_DIRECTION_H_

#include <cstdint>
#include <memory>

#include "engine/loop.h"
#include "engine/operation_queue.h"
#include "engine/readiness.h"
#include "os/datagrams.h"
#include "os/socket_ops.h"
#include "os/transfers.h"
#include "socket/more_guess.h"
#include "socket/rest.h"
#include "socket/verbs.h"

namespace saea::socket {

class SocketHandle;

class Direction {
 public:
  explicit Direction(Side side) : side_(side) {}
  Direction(const Direction&) = delete;
  Direction& operator=(const Direction&) = delete;

  // Performs the operation now if it is first in line and might not block; else it waits.
  abi::Submission Submit(SocketHandle& socket, engine::Operation& operation, bool may_finish_now);

  // The system says that the descriptor is ready on this side: what waits is performed together
  // with the transfers of other sockets, or at once.
  void OnReady(SocketHandle& socket);
  void Proceed(SocketHandle& socket);

  // For TransferBatch, in this order. Leaves it; false if what was there has ended meanwhile. What
  // the first in line moves; false if that goes another way. What came of it; false if nothing
  // moved. And once all of the batch know that: what else waits, which may end the connection.
  // is_ready: the system has said so, and nothing has moved since.
  bool LeaveBatch();
  bool Describe(const SocketHandle& socket, os::Transfer& transfer);
  bool OnTransferred(SocketHandle& socket, const os::Transfer& transfer);
  void GoOn(SocketHandle& socket, bool is_ready);

  // Performs what was collected while lib dispatched completions: it leaves together, now.
  void PerformCollected(SocketHandle& socket);

  // Whether lib has seen all completions of this side.
  bool is_dispatched(const engine::Loop& loop) const {
    return loop.is_dispatched(last_completion_);
  }

  // A pause in the watching is over.
  void OnRested(SocketHandle& socket);

  // The first in line was held (Outcome::kHeld), and what it waited for has come.
  void Resume(SocketHandle& socket);

  // Ends operations that wait with OperationAborted: one (false if it is not here), or all in
  // order.
  bool Cancel(SocketHandle& socket, engine::Operation& operation);
  void CancelAll(SocketHandle& socket);

  // Forgets operations that wait: their environment is gone and nobody is left to tell.
  void AbandonAll();

  // Says what is known from elsewhere: while false, operations wait without being tried.
  void set_may_be_ready(bool may_be_ready) { may_be_ready_ = may_be_ready; }

  // Whether a connect is first in line.
  bool is_connecting() const {
    return !waiting_.empty() && waiting_.front()->kind() == abi::Kind::kConnect;
  }

  // A new descriptor took the old one's place; what was known about readiness is void.
  void Reset(SocketHandle& socket);

 private:
  abi::Submission Enqueue(SocketHandle& socket, engine::Operation& operation);
  bool IsInCompany(SocketHandle& socket, engine::Operation& operation, bool may_finish_now);
  void Collect(SocketHandle& socket);
  void PerformWaiting(SocketHandle& socket, bool is_ready);
  Outcome Perform(SocketHandle& socket, engine::Operation& operation, bool is_ready);
  void Note(SocketHandle& socket, Outcome outcome);
  bool PerformFirst(SocketHandle& socket, bool is_ready);
  bool PerformTogether(SocketHandle& socket);
  abi::Submission Finish(SocketHandle& socket, engine::Operation& operation, bool may_finish_now);
  bool MayFinishNow(SocketHandle& socket);
  void CompleteFirst(SocketHandle& socket);
  void CountFalseAlarm(SocketHandle& socket);
  void EndRest() {
    rest_.reset();
    false_alarms_ = 0;
  }
  void WatchOrFail(SocketHandle& socket);
  void Hold(SocketHandle& socket);
  void FailAll(SocketHandle& socket, const os::Result& why);

  uint8_t event() const {
    return side_ == Side::kRead ? engine::Readiness::kReadable : engine::Readiness::kWritable;
  }

  engine::OperationQueue waiting_;
  // The newest completion of this side that went through the ring. Until lib has seen it, later
  // operations must not finish synchronously: their results would overtake it.
  uint32_t last_completion_ = 0;
  uint32_t turn_ = 0;           // the turn that finished_now_ counts for
  std::unique_ptr<Rest> rest_;  // null unless this side is not watched for a while
  uint8_t finished_now_ = 0;
  // How often the system has said "ready", and nothing moved, since something did.
  uint8_t false_alarms_ = 0;
  const Side side_;
  // The first in line waits for something else than this side of the socket.
  bool is_held_ = false;
  // Sends stand in line until the end of the turn, to leave together.
  bool is_collecting_ = false;
  // The first in line is in the table's batch of transfers.
  bool is_in_batch_ = false;
  // False when the last call said "would block" or read less than it could, so that the next one
  // would fail for certain; or when more_data_ expects it to. The operation waits for the system.
  bool may_be_ready_ = true;
  // The next call is a try for more than the last one had room for.
  bool is_trying_for_more_ = false;
  MoreGuess more_data_;
  os::Segmenting segmenting_ = os::Segmenting::kUnknown;
};

}  // namespace saea::socket

#endif  // SAEA_SOCKET_DIRECTION_H_
