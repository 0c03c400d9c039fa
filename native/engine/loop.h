// The engine's place in the event loop, one per environment. During libuv's poll phase readiness
// completes operations; what has finished is drained after each round of a poller that tells of
// many descriptors at once, and the rest right after the phase, in the check phase of the same
// turn: one call into JavaScript each. Completions from elsewhere (a close() in a timer) are
// drained as soon: while there are any an idle handle keeps the loop from sleeping before it.

#ifndef SAEA_ENGINE_LOOP_H_
#define SAEA_ENGINE_LOOP_H_

#include <uv.h>

#include "engine/completion_ring.h"
#include "engine/poller.h"

namespace saea::engine {

class Loop {
 public:
  // So many are dispatched without waiting for the end of the poll phase. Chosen by measurement:
  // docs/decisions/0020-batches-within-the-poll-phase.md.
  static constexpr uint32_t kManyCompletions = 32;

  // Enters JavaScript until everything published was dispatched. Called from the top of the loop.
  using Drain = void (*)(void* context);

  Loop(uv_loop_t* uv, abi::Completions& ring, Drain drain, void* drain_context);
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Ends the engine's part in the loop: nothing is drained any more. on_closed runs when libuv is
  // done with every handle, those of Readiness included (their owners close them first).
  void Close(void (*on_closed)(void* context), void* context);

  // After Close, at the end of the thread: closes the watchers too whose numbers others watch.
  void CloseClaimed() { poller_.CloseClaimed(); }

  uv_loop_t* uv() { return uv_; }

  // Hands a finished operation to the ring; returns its number there.
  uint32_t Complete(Operation& operation);

  bool is_dispatched(uint32_t sequence) const { return ring_.is_dispatched(sequence); }

  // Publishes what had finished when this turn's drain began; true if there is anything to
  // dispatch. Drain calls it until it says no: completions of handlers wait for the next turn, so
  // that handlers cannot keep the loop from polling.
  bool PublishTurn();

  // Whether anything has finished that lib has not dispatched yet.
  bool has_completions() const { return !ring_.empty(); }

  // How many entries lib has read so far (modulo 2^32): what a drain looks at to see progress.
  uint32_t dispatched_count() const { return ring_.head(); }

  // Counts turns (modulo 2^32). Budgets per turn compare it instead of being reset.
  uint32_t turn() const { return turn_; }

  // Operations that wait on referenced sockets keep the loop alive; nothing else of ours does.
  void AddWaiting(uint32_t count);
  void RemoveWaiting(uint32_t count);

  // While lib dispatches completions: what handlers begin now can be done together, at the end.
  bool is_draining() const { return shared_.is_draining != 0; }

  // Called before each drain, when sockets have been told that they are ready, and after it, when
  // handlers have run: performs what was left to be done together, and says whether there was any.
  // One owner, for the life of the loop.
  using Together = bool (*)(void* context);
  void SetTogether(Together together, void* context) {
    together_ = together;
    together_context_ = context;
  }

  // For a poller that tells of one descriptor at a time, after each: drains already in the poll
  // phase when much has finished. With thousands of sockets ready at once, what the first ones
  // received would be out of the processor's caches when its handlers run, and their peers would
  // wait for the last one.
  void DispatchIfMany() {
    if (ring_.count() >= kManyCompletions) Dispatch();
  }

  // For one that tells of many, after each round. What handlers have started is over in part, and
  // is dispatched with what the next round brings.
  void DispatchRound();

  Poller& poller() { return poller_; }
  const Poller& poller() const { return poller_; }

  // For the handles of Readiness and Deadline.
  void HandleOpened() { ++open_handles_; }
  void HandleClosed();

 private:
  // Drains, and performs what handlers have left for the end of it.
  void Dispatch();
  void DrainTurn();
  bool PerformTogether();

  static void OnCheck(uv_check_t* handle);
  static void OnIdle(uv_idle_t* handle);
  static void OnClosed(uv_handle_t* handle);

  uv_loop_t* const uv_;
  abi::Completions& shared_;
  CompletionRing ring_;
  const Drain drain_;
  void* const drain_context_;
  uv_check_t check_;
  uv_idle_t idle_;
  uint32_t turn_ = 0;
  uint32_t turn_last_ = 0;  // number of the last completion that belongs to the turn being drained
  uint32_t waiting_ = 0;
  uint32_t open_handles_ = 0;
  bool is_closing_ = false;
  Together together_ = nullptr;
  void* together_context_ = nullptr;
  void (*on_closed_)(void* context) = nullptr;
  void* on_closed_context_ = nullptr;
  Poller poller_;  // last: it opens a handle
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_LOOP_H_
