// Poller over an epoll set of its own, which libuv watches as one descriptor. What that has over a
// handle of libuv's for each: an event leads straight to its socket, a connection costs no handle
// and two calls, and the set can be asked again before the loop goes on. As long as there are but a
// few descriptors, libuv watches them itself, and knows of them without asking the set first.
// docs/decisions/0025-an-epoll-set-of-our-own.md.

#include "engine/poller.h"

#include <algorithm>
#include <vector>

#include "engine/readiness.h"
#include "engine/uv/watchers.h"
#include "os/event_set.h"

namespace saea::engine {

namespace {

using os::EventSet;

// Chosen by measurement, as are the next two: decision 0025.
constexpr size_t kFew = 4;
// So many are told of before their completions are dispatched: with thousands of sockets ready at
// once, what the first ones received would be out of the processor's caches when its handlers run.
constexpr size_t kBatch = Loop::kManyCompletions;
// And so often the set is asked, as long as there is anything, before libuv sees to timers and to
// everybody else again: asking in vain costs a tenth of a turn of Node's loop.
constexpr int kRounds = 8;

}  // namespace

struct Poller::State {
  explicit State(Loop& on) : loop(on), watchers(on) { few.reserve(kFew); }

  bool IsInSet(const Readiness& readiness) const { return readiness.registration_ == &set; }
  int Enter(Readiness& readiness, uint8_t events);
  int WatchInSet(Readiness& readiness, uint8_t events);
  void MoveFew();
  void Tell(const EventSet::Event& event);
  size_t TellRound();

  static void OnPoll(uv_poll_t* poll, int status, int events);

  Loop& loop;
  Watchers watchers;
  std::vector<Readiness*> few;  // those that the watchers know
  EventSet set;
  size_t set_count = 0;
  uv_poll_t poll;
  // False if the process had no descriptor left for a set: then libuv watches them all.
  bool has_set = false;
  EventSet::Event events[kBatch];
  size_t event_count = 0;  // those not yet told of included
};

Poller::Poller(Loop& loop) : state_(std::make_unique<State>(loop)) {
  const int descriptor = state_->set.descriptor();
  state_->has_set =
      descriptor != -1 && uv_poll_init_socket(loop.uv(), &state_->poll, descriptor) == 0;
  if (!state_->has_set) return;
  loop.HandleOpened();
  state_->poll.data = state_.get();
  CHECK(uv_poll_start(&state_->poll, UV_READABLE, State::OnPoll) == 0);
  uv_unref(reinterpret_cast<uv_handle_t*>(&state_->poll));
}

Poller::~Poller() = default;

int Poller::Watch(Readiness& readiness, uint8_t events) {
  if (readiness.registration_ == nullptr) return state_->Enter(readiness, events);
  if (!state_->IsInSet(readiness)) return state_->watchers.Watch(readiness, events);
  if (events != Readiness::kNone) return state_->WatchInSet(readiness, events);
  // Not asked for nothing: failures and hang-ups are told unasked, again and again.
  Forget(readiness);
  return 0;
}

void Poller::Forget(Readiness& readiness) {
  State& state = *state_;
  if (!state.IsInSet(readiness)) {
    const auto found = std::find(state.few.begin(), state.few.end(), &readiness);
    if (found != state.few.end()) state.few.erase(found);
    state.watchers.Forget(readiness);
    return;
  }
  state.set.Remove(readiness.descriptor_);
  --state.set_count;
  readiness.registration_ = nullptr;
  readiness.armed_ = Readiness::kNone;
  for (size_t i = 0; i < state.event_count; ++i) {
    if (state.events[i].tag == &readiness) state.events[i].tag = nullptr;
  }
}

void Poller::Close() {
  state_->watchers.Close();
  if (!state_->has_set) return;
  uv_close(reinterpret_cast<uv_handle_t*>(&state_->poll),
           [](uv_handle_t* closed) { static_cast<State*>(closed->data)->loop.HandleClosed(); });
}

void Poller::CloseClaimed() {
  state_->watchers.CloseClaimed();
}

size_t Poller::kept_count() const {
  return state_->watchers.kept_count();
}

int Poller::State::Enter(Readiness& readiness, uint8_t events) {
  if (has_set && (set_count > 0 || few.size() == kFew)) {
    MoveFew();
    return WatchInSet(readiness, events);
  }
  const int error = watchers.Watch(readiness, events);
  if (has_set && readiness.registration_ != nullptr) few.push_back(&readiness);
  return error;
}

int Poller::State::WatchInSet(Readiness& readiness, uint8_t events) {
  const bool is_new = !IsInSet(readiness);
  const int error = is_new ? set.Add(readiness.descriptor_, events, &readiness)
                           : set.Change(readiness.descriptor_, events, &readiness);
  readiness.armed_ = error == 0 ? events : static_cast<uint8_t>(Readiness::kNone);
  if (error != 0 || !is_new) return error;
  readiness.registration_ = &set;
  ++set_count;
  return 0;
}

// All are in the same place, or those in the set would be served several times before the others
// are once. One that the set does not take stays where it is.
void Poller::State::MoveFew() {
  std::vector<Readiness*> left;
  for (Readiness* each : few) {
    const uint8_t events = each->armed_;
    const bool is_taken =
        events == Readiness::kNone || set.Add(each->descriptor_, events, each) == 0;
    if (!is_taken) {
      left.push_back(each);
      continue;
    }
    watchers.Forget(*each);
    if (events == Readiness::kNone) continue;
    each->registration_ = &set;
    each->armed_ = events;
    ++set_count;
  }
  few = std::move(left);
}

void Poller::State::Tell(const EventSet::Event& event) {
  if (event.tag == nullptr) return;  // it was closed meanwhile
  auto& readiness = *static_cast<Readiness*>(event.tag);
  constexpr uint8_t kBoth = Readiness::kReadable | Readiness::kWritable;
  // The error stays until a call takes it, and would be told again and again.
  if ((event.events & EventSet::kFailed) != 0) loop.poller().Forget(readiness);
  readiness.on_ready_(readiness, event.events & kBoth);
}

size_t Poller::State::TellRound() {
  event_count = set.Take(events, kBatch);
  const size_t count = event_count;
  for (size_t i = 0; i < count; ++i) Tell(events[i]);
  event_count = 0;
  return count;
}

void Poller::State::OnPoll(uv_poll_t* poll, int, int) {
  State& state = *static_cast<State*>(poll->data);
  for (int round = 0; round < kRounds; ++round) {
    const size_t told = state.TellRound();
    if (told == 0 && !state.loop.has_completions()) return;
    state.loop.DispatchRound();
  }
}

}  // namespace saea::engine
