// Receives and sends of several streams in one call, and by a call each: nobody can tell but by the
// number of calls.

#include "os/transfers.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <string>
#include <vector>

#include "support/faults.h"
#include "support/peer.h"
#include "support/test.h"

namespace {

using saea::os::Transfer;
using saea::os::Transfers;
using saea::test::Call;
using saea::test::CallCounter;
using saea::test::Faults;
using saea::test::MakePair;
using saea::test::Pair;
using saea::test::PairKind;
using saea::test::Peer;
namespace os = saea::os;
namespace socket_error = saea::os::socket_error;

constexpr size_t kBytes = 16;
constexpr int kPatienceMs = 10000;

// Ends of connections, with a transfer for each.
struct Fixture {
  explicit Fixture(size_t count, bool may_share = true) : transfers(may_share), all(count) {
    for (Transfer& each : all) {
      pairs.push_back(MakePair(PairKind::kTcp4));
      ours.emplace_back(pairs.back().ours);
      buffers.emplace_back(kBytes, '.');
      each.socket = pairs.back().ours;
      each.is_send = false;
    }
  }

  void Perform() {
    for (size_t i = 0; i < all.size(); ++i) {
      all[i].span = {reinterpret_cast<uint8_t*>(buffers[i].data()), buffers[i].size()};
    }
    transfers.Perform(all.data(), all.size());
  }

  void Send(size_t index, const std::string& bytes) {
    all[index].is_send = true;
    buffers[index] = bytes;
  }

  std::string Received(size_t index) const {
    return buffers[index].substr(0, static_cast<size_t>(all[index].result.value));
  }

  Transfers transfers;
  std::vector<Transfer> all;
  std::vector<Pair> pairs;
  std::vector<Peer> ours;
  std::vector<std::string> buffers;
};

void ExpectSome(Fixture& test) {
  test.pairs[0].theirs.Write("to the first");
  test.Send(1, "from the second");
  test.pairs[3].theirs.EndSending();
  for (const size_t index : {size_t{0}, size_t{3}}) {
    pollfd arrived = {test.pairs[index].ours, POLLIN, 0};
    EXPECT_EQ(poll(&arrived, 1, kPatienceMs), 1);
  }
  test.Perform();
  EXPECT_EQ(test.Received(0), "to the first");
  EXPECT_TRUE(test.all[1].result.ok());
  EXPECT_EQ(test.pairs[1].theirs.Read(15), "from the second");
  EXPECT_TRUE(test.all[2].result.would_block());
  EXPECT_TRUE(test.all[3].result.ok());
  EXPECT_EQ(test.all[3].result.value, 0);  // the end of the stream
}

}  // namespace

TEST(EachTransferHasItsOwnResult) {
  for (const bool may_share : {true, false}) {
    Fixture test(4, may_share);
    ExpectSome(test);
  }
}

TEST(TransfersThatMayNotShareDoNot) {
  EXPECT_FALSE(Transfers(false).share_calls());
}

TEST(SharedTransfersMakeOneCall) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(os::kMaxTransfers);
  if (!test.transfers.share_calls()) SKIP("this system has no io_uring, or does not allow it");
  for (size_t i = 0; i < test.all.size(); ++i) test.Send(i, "ping");
  const CallCounter calls;
  test.Perform();
  EXPECT_EQ(calls.of(Call::kEnterRing), 1);
  EXPECT_EQ(calls.of(Call::kSend), 0);
  for (Pair& pair : test.pairs) EXPECT_EQ(pair.theirs.Read(4), "ping");
}

TEST(OneTransferIsAnOrdinaryCall) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(1);
  test.Send(0, "ping");
  const CallCounter calls;
  test.Perform();
  EXPECT_EQ(calls.of(Call::kEnterRing), 0);
  EXPECT_EQ(calls.of(Call::kSend), 1);
  EXPECT_EQ(test.pairs[0].theirs.Read(4), "ping");
}

TEST(SendIsShortWhereTheKernelIsFull) {
  Fixture test(2);
  const std::string much(32 << 20, 'x');
  for (size_t i = 0; i < 2; ++i) test.Send(i, much);
  test.Perform();
  for (const Transfer& each : test.all) {
    EXPECT_TRUE(each.result.ok());
    EXPECT_GT(each.result.value, 0);
    EXPECT_LT(each.result.value, static_cast<int64_t>(much.size()));
  }
  test.Perform();
  for (const Transfer& each : test.all) EXPECT_TRUE(each.result.would_block() || each.result.ok());
}

TEST(ResetIsTheResultOfWhoeverMeetsIt) {
  Fixture test(2);
  test.pairs[0].theirs.Reset();
  char byte;
  EXPECT_EQ(recv(test.pairs[0].ours, &byte, 1, MSG_PEEK), -1);  // takes the error
  test.Send(0, "into the void");
  test.Send(1, "ping");
  test.Perform();
  EXPECT_EQ(test.all[0].result.error, socket_error::kShutdown);  // EPIPE, and no signal
  EXPECT_EQ(test.all[0].result.native_error, EPIPE);
  EXPECT_TRUE(test.all[1].result.ok());
}

TEST(SystemWithoutTheCallTransfersAllTheSame) {
  REQUIRE_WRAPPED_CALLS();
  for (const int error : {ENOSYS, EPERM}) {
    Faults faults;
    faults.Fail(Call::kSetUpRing, error);
    Fixture test(4);
    EXPECT_FALSE(test.transfers.share_calls());
    ExpectSome(test);
  }
}

TEST(CallThatIsInterruptedIsMadeAgain) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(4);
  Faults faults;
  faults.Fail(Call::kEnterRing, EINTR, 3);
  ExpectSome(test);
}

TEST(WhatTheCallDoesNotTakeIsTransferredAlone) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(4);
  if (!test.transfers.share_calls()) SKIP("this system has no io_uring, or does not allow it");
  {
    Faults faults;
    faults.Fail(Call::kEnterRing, ENOMEM);
    const CallCounter calls;
    ExpectSome(test);
    EXPECT_EQ(calls.of(Call::kReceive) + calls.of(Call::kSend), 4);
  }
  // Nothing of it is left in the ring.
  const CallCounter calls;
  for (size_t i = 0; i < 3; ++i) test.Send(i, "again");
  test.Perform();
  EXPECT_EQ(calls.of(Call::kEnterRing), 1);
  EXPECT_EQ(calls.of(Call::kSend), 0);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(test.pairs[i].theirs.Read(5), "again");
}
