// Descriptors that are watched beside those of a test. The first few of an environment are watched
// by libuv itself, and more of them in a set of our own: a test that is to hold for both runs once
// alone, and once in a crowd.

#ifndef SAEA_TEST_NATIVE_SUPPORT_CROWD_H_
#define SAEA_TEST_NATIVE_SUPPORT_CROWD_H_

#include <memory>
#include <vector>

#include "engine/readiness.h"
#include "support/peer.h"
#include "support/rig.h"

namespace saea::test {

class Crowd {
 public:
  // More than are watched by libuv.
  static constexpr size_t kSize = 6;

  Crowd(Rig& rig, size_t size) : rig_(rig) {
    for (size_t i = 0; i < size; ++i) {
      members_.push_back(std::make_unique<Member>());
      members_.back()->Watch(rig.loop, members_.back()->pair.ours, engine::Readiness::kReadable);
    }
  }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;
  ~Crowd() {
    for (const auto& member : members_) {
      member->Close(rig_.loop);
      const Peer closed(member->pair.ours);
    }
  }

  int call_count() const {
    int count = 0;
    for (const auto& member : members_) count += member->calls;
    return count;
  }

 private:
  struct Member : engine::Readiness {
    Member() : Readiness(OnReady), pair(MakePair(PairKind::kUnixStream)) {}
    static void OnReady(engine::Readiness& self, uint8_t) { ++static_cast<Member&>(self).calls; }
    Pair pair;
    int calls = 0;
  };

  Rig& rig_;
  std::vector<std::unique_ptr<Member>> members_;
};

}  // namespace saea::test

#endif  // SAEA_TEST_NATIVE_SUPPORT_CROWD_H_
