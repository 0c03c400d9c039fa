// A small world of connections in which anything may happen at any time: operations, completions,
// cancels, closes, connects, faults. It keeps account of every byte and of every operation, and its
// whole course follows from one seed.

#ifndef SAEA_TEST_NATIVE_SUPPORT_FUZZ_WORLD_H_
#define SAEA_TEST_NATIVE_SUPPORT_FUZZ_WORLD_H_

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "support/faults.h"
#include "support/rig.h"

namespace saea::test {

class FuzzWorld {
 public:
  explicit FuzzWorld(uint32_t seed);

  // Does something at random.
  void Step();

  // Lets all operations end and checks the accounts: every operation has completed exactly once,
  // and every byte that a sender was told was taken has arrived, in its place.
  void Settle();

  // What has happened, so that a test can tell that something has.
  struct Tally {
    uint32_t synchronous = 0;
    uint32_t pending = 0;
    uint32_t posted = 0;
    uint32_t failed = 0;
    uint32_t cancelled = 0;
    uint32_t closed = 0;
    uint32_t connections = 0;
    uint64_t bytes = 0;
  };
  const Tally& tally() const { return tally_; }

 private:
  // One end of a connection. Lives as long as the world, for the accounts.
  struct Endpoint {
    Handle handle = 0;
    bool is_open = true;
    bool is_cut = false;     // closed or disconnected with data perhaps on its way
    bool has_ended = false;  // the end of the stream was seen
    Endpoint* other = nullptr;
    std::string sent;
    std::string received;
  };

  // The use that an event args is put to.
  struct Use {
    EventArgs* args = nullptr;
    Endpoint* endpoint = nullptr;
    abi::Kind kind = abi::Kind::kNone;
    std::string content;
    int submissions = 0;
  };

  uint32_t Random(uint32_t below) { return random_() % below; }
  bool Chance(uint32_t percent) { return Random(100) < percent; }
  Use* FreeUse();
  Endpoint* OpenEndpoint();
  Endpoint& NewEndpoint(Handle handle);

  void Submit(Use& use, Endpoint& endpoint, abi::Kind kind);
  void Finish(Use& use);
  void FinishSend(Use& use);
  void FinishReceive(Use& use);
  void FinishConnect(Use& use);
  void FinishAccept(Use& use);
  void LinkByAddress(Endpoint& endpoint, const abi::Address& client);
  void Link(Endpoint& first, Endpoint& second);

  void OpenPair();
  void StartConnect(Handle handle);
  void StartAccept();
  void StartReceive(Endpoint& endpoint);
  void StartSend(Endpoint& endpoint);
  void CancelOne();
  void CloseOne();
  void DisconnectOne();
  void InjectFaults();
  void RunTurn();

  bool IsPending(abi::Kind kind) const;
  void ReceiveEverywhere();
  void EndSending();
  bool HaveAllEnded() const;
  void CloseAll();
  void CheckAccounts() const;

  std::mt19937 random_;
  Rig rig_;
  std::unique_ptr<Faults> faults_;
  std::deque<Endpoint> endpoints_;
  std::deque<Use> uses_;
  std::map<uint32_t, Endpoint*> alone_;  // by the number of their address
  uint32_t connect_count_ = 0;
  abi::Address listening_ = {};
  Endpoint* listener_ = nullptr;
  bool is_in_turn_ = false;
  bool is_settling_ = false;
  Tally tally_;
};

}  // namespace saea::test

#endif  // SAEA_TEST_NATIVE_SUPPORT_FUZZ_WORLD_H_
