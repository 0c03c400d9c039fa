#include "support/fuzz_world.h"

#include <sys/socket.h>

#include <cerrno>

#include "os/numbers.h"
#include "support/test.h"

namespace saea::test {

namespace {

using abi::Kind;

constexpr size_t kUseCount = 48;
constexpr size_t kBufferBytes = 40000;
constexpr uint32_t kMostConnections = 6;

// A loopback address that says which one it is: 127.x.y.z.
abi::Address NumberedAddress(uint32_t number) {
  abi::Address address = Ipv4Loopback();
  for (int byte = 3; byte > 0; --byte, number >>= 8) {
    address.bytes[byte] = static_cast<uint8_t>(number);
  }
  return address;
}

uint32_t NumberOf(const abi::Address& address) {
  return static_cast<uint32_t>(address.bytes[1] << 16 | address.bytes[2] << 8 | address.bytes[3]);
}

constexpr uint32_t kFirstNumber = 0x010000;

}  // namespace

FuzzWorld::FuzzWorld(uint32_t seed) : random_(seed) {
  for (size_t i = 0; i < kUseCount; ++i) {
    Use& use = uses_.emplace_back();
    use.args = &rig_.NewArgs(kBufferBytes);
    use.args->on_completed = [this, &use](EventArgs&) {
      Finish(use);
      // Handlers submit again, close, cancel: from inside, as users do.
      if (!is_settling_ && Chance(50)) Step();
    };
  }
  listener_ = &NewEndpoint(rig_.Listen(AF_INET, listening_));
}

void FuzzWorld::Step() {
  const uint32_t dice = Random(100);
  Endpoint* endpoint = OpenEndpoint();
  if (dice < 4 || endpoint == nullptr) {
    if (rig_.sockets.open_count() < 2 * kMostConnections) OpenPair();
  } else if (dice < 8) {
    StartAccept();
    const os::Result created =
        rig_.sockets.Create(os::address_family::kInterNetwork, os::socket_type::kStream, 0);
    if (!created.ok()) return;
    const auto handle = static_cast<Handle>(created.value);
    rig_.at(handle).Bind(NumberedAddress(kFirstNumber + ++connect_count_));
    StartConnect(handle);
  } else if (dice < 35) {
    StartReceive(*endpoint);
  } else if (dice < 60) {
    StartSend(*endpoint);
  } else if (dice < 64) {
    CancelOne();
  } else if (dice < 66) {
    CloseOne();
  } else if (dice < 67) {
    DisconnectOne();
  } else if (dice < 69) {
    rig_.sockets.settled(endpoint->handle).SetReferenced(Chance(70));
  } else if (dice < 72) {
    InjectFaults();
  } else {
    RunTurn();
  }
}

// Not from inside a handler: that is in the middle of a turn.
void FuzzWorld::RunTurn() {
  if (is_in_turn_) return;
  is_in_turn_ = true;
  if (Chance(5)) rig_.event_loop.PassTime(1);
  rig_.RunTurn();
  is_in_turn_ = false;
}

void FuzzWorld::InjectFaults() {
  faults_.reset();
  if (Chance(30)) return;
  faults_ = std::make_unique<Faults>(static_cast<uint32_t>(random_()));
  // What it refuses is performed by the other calls, and meets their faults.
  faults_->FailSome(Call::kEnterRing, EAGAIN, 500);
  for (const Call call : {Call::kReceive, Call::kReceiveMessage, Call::kSend, Call::kSendMessage,
                          Call::kAccept, Call::kConnect}) {
    faults_->FailSome(call, EINTR, Random(300));
    faults_->FailSome(call, EAGAIN, Random(200));
  }
  faults_->FailSome(Call::kSend, ENOBUFS, 5);
  faults_->FailSome(Call::kSendMessage, ENOBUFS, 5);
  faults_->FailSome(Call::kReceive, ECONNRESET, 5);
  faults_->FailSome(Call::kAccept, EMFILE, 50);
  faults_->FailSome(Call::kAccept, ECONNABORTED, 50);
  faults_->FailSome(Call::kConnect, ENETUNREACH, 50);
  faults_->FailSome(Call::kSocket, EMFILE, 50);
  if (Chance(50)) faults_->LimitBytesAtRandom(1 + Random(3000));
}

FuzzWorld::Use* FuzzWorld::FreeUse() {
  Use& use = uses_[Random(kUseCount)];
  return use.args->is_pending() || use.kind != Kind::kNone ? nullptr : &use;
}

// A connected one, with both ends known.
FuzzWorld::Endpoint* FuzzWorld::OpenEndpoint() {
  for (int i = 0; i < 20; ++i) {
    Endpoint& endpoint = endpoints_[Random(static_cast<uint32_t>(endpoints_.size()))];
    if (endpoint.is_open && endpoint.other != nullptr) return &endpoint;
  }
  return nullptr;
}

FuzzWorld::Endpoint& FuzzWorld::NewEndpoint(Handle handle) {
  Endpoint& endpoint = endpoints_.emplace_back();
  endpoint.handle = handle;
  return endpoint;
}

void FuzzWorld::Submit(Use& use, Endpoint& endpoint, Kind kind) {
  use.endpoint = &endpoint;
  use.kind = kind;
  ++use.submissions;
  // As lib may do it in a handler.
  const bool is_transfer = kind == Kind::kReceive || kind == Kind::kSend;
  if (rig_.loop.is_draining() && is_transfer && Chance(70)) {
    ++tally_.posted;
    return use.args->Post(endpoint.handle, kind);
  }
  if (use.args->Submit(endpoint.handle, kind) == abi::Submission::kPending) {
    ++tally_.pending;
  } else {
    ++tally_.synchronous;
    Finish(use);
  }
}

void FuzzWorld::Finish(Use& use) {
  EXPECT_EQ(use.args->completed_count(), use.submissions);
  if (use.args->error() != os::socket_error::kSuccess) ++tally_.failed;
  const Kind kind = use.kind;
  use.kind = Kind::kNone;
  if (kind == Kind::kAccept) FinishAccept(use);
  if (kind == Kind::kConnect) FinishConnect(use);
  if (kind == Kind::kSend) FinishSend(use);
  if (kind == Kind::kReceive) FinishReceive(use);
}

void FuzzWorld::FinishSend(Use& use) {
  const uint32_t transferred = use.args->transferred();
  EXPECT_LE(transferred, use.content.size());
  use.endpoint->sent.append(use.content, 0, transferred);
  const bool is_whole = transferred == use.content.size();
  EXPECT_TRUE(is_whole || use.args->error() != os::socket_error::kSuccess);
}

void FuzzWorld::FinishReceive(Use& use) {
  if (use.args->socket_flags != os::socket_flags::kNone) return;  // it was only looking
  const uint32_t transferred = use.args->transferred();
  use.endpoint->received += use.args->Text().substr(0, transferred);
  tally_.bytes += transferred;
  const bool has_asked = use.args->record().count > 0 && !use.args->has_list();
  const bool is_success = use.args->error() == os::socket_error::kSuccess;
  if (has_asked && is_success && transferred == 0) use.endpoint->has_ended = true;
}

void FuzzWorld::FinishConnect(Use& use) {
  Endpoint& endpoint = *use.endpoint;
  endpoint.sent.append(use.content, 0, use.args->transferred());
  if (!endpoint.is_open) return;
  if (use.args->error() != os::socket_error::kSuccess) {
    endpoint.is_open = false;
    // It may be connected all the same; what was sent then is in no account.
    const bool may_repeat = !is_settling_ && use.args->transferred() == 0;
    if (may_repeat && Chance(50)) return StartConnect(endpoint.handle);
    return rig_.sockets.Close(endpoint.handle, false);
  }
  abi::Address local = {};
  rig_.at(endpoint.handle).GetLocalAddress(local);
  LinkByAddress(endpoint, local);
}

void FuzzWorld::FinishAccept(Use& use) {
  if (use.args->error() != os::socket_error::kSuccess) return;
  LinkByAddress(NewEndpoint(use.args->record().result_handle), use.args->address());
}

// Links two ends that know the same client address. Each connect has bound an address of its own,
// unless it was repeated; those stay alone.
void FuzzWorld::LinkByAddress(Endpoint& endpoint, const abi::Address& client) {
  const uint32_t key = NumberOf(client);
  if (key == NumberOf(Ipv4Loopback())) return;
  Endpoint*& known = alone_[key];
  if (known != nullptr) Link(endpoint, *known);
  known = &endpoint;
}

void FuzzWorld::Link(Endpoint& first, Endpoint& second) {
  first.other = &second;
  second.other = &first;
  ++tally_.connections;
}

void FuzzWorld::OpenPair() {
  Pair pair = MakePair(Chance(50) ? PairKind::kTcp4 : PairKind::kUnixStream);
  Endpoint& first = NewEndpoint(rig_.sockets.Add(pair.ours, true).id());
  Link(first, NewEndpoint(rig_.sockets.Add(pair.theirs.Release(), true).id()));
}

void FuzzWorld::StartConnect(Handle handle) {
  Use* use = FreeUse();
  if (use == nullptr) return rig_.sockets.Close(handle, false);
  use->args->address() = listening_;
  use->content = Pattern(Chance(50) ? Random(kBufferBytes) : 0, random_());
  use->args->Fill(use->content);
  use->args->SetWhole();
  use->args->SetWindow(0, static_cast<uint32_t>(use->content.size()));
  use->args->socket_flags = os::socket_flags::kNone;
  Submit(*use, NewEndpoint(handle), Kind::kConnect);
}

void FuzzWorld::StartAccept() {
  Use* use = FreeUse();
  if (use != nullptr) Submit(*use, *listener_, Kind::kAccept);
}

void FuzzWorld::StartReceive(Endpoint& endpoint) {
  Use* use = FreeUse();
  if (use == nullptr) return;
  use->args->SetWhole();
  if (Chance(30)) {
    use->args->SetList({Random(5), 0, Random(300), Random(9000)});
  } else {
    use->args->SetWindow(0, Chance(10) ? 0 : Random(kBufferBytes));
  }
  use->args->socket_flags = Chance(5) ? os::socket_flags::kPeek : os::socket_flags::kNone;
  Submit(*use, endpoint, Kind::kReceive);
}

void FuzzWorld::StartSend(Endpoint& endpoint) {
  Use* use = FreeUse();
  if (use == nullptr) return;
  use->content = Pattern(Random(Chance(80) ? 2000 : kBufferBytes), random_());
  use->args->Fill(use->content);
  use->args->SetWhole();
  if (Chance(30)) {
    const size_t first = Random(static_cast<uint32_t>(use->content.size()) + 1);
    use->args->SetList({first, 0, use->content.size() - first});
  } else {
    use->args->SetWindow(0, static_cast<uint32_t>(use->content.size()));
  }
  use->args->socket_flags = os::socket_flags::kNone;
  Submit(*use, endpoint, Kind::kSend);
}

void FuzzWorld::CancelOne() {
  Use& use = uses_[Random(kUseCount)];
  if (!use.args->is_pending() || !use.endpoint->is_open) return;
  rig_.sockets.settled(use.endpoint->handle);
  if (!use.args->is_pending()) return;
  if (use.args->Cancel(use.endpoint->handle)) ++tally_.cancelled;
}

void FuzzWorld::CloseOne() {
  Endpoint* endpoint = OpenEndpoint();
  if (endpoint == nullptr) return;
  endpoint->is_open = false;
  endpoint->is_cut = endpoint->other->is_cut = true;
  ++tally_.closed;
  if (Chance(30)) return rig_.sockets.CloseAfter(endpoint->handle, 1);
  rig_.sockets.Close(endpoint->handle, Chance(30));
}

void FuzzWorld::DisconnectOne() {
  Endpoint* endpoint = OpenEndpoint();
  Use* use = FreeUse();
  if (endpoint == nullptr || use == nullptr) return;
  endpoint->is_open = false;
  endpoint->is_cut = endpoint->other->is_cut = true;
  use->args->ending = saea::abi::Ending::kDisconnectAndReuse;
  Submit(*use, *endpoint, Kind::kDisconnect);
  const bool can_connect = use->args->error() == os::socket_error::kSuccess;
  abi::Address local = {};
  const bool is_tcp = rig_.at(endpoint->handle).GetLocalAddress(local).ok() &&
                      local.family == static_cast<uint32_t>(os::address_family::kInterNetwork);
  if (can_connect && is_tcp) return StartConnect(endpoint->handle);
  rig_.sockets.Close(endpoint->handle, false);
}

}  // namespace saea::test
