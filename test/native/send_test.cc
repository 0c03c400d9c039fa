// Send: all of it or an error, in order, whatever the kernel takes at a time.

#include <sys/socket.h>

#include <vector>

#include "os/numbers.h"
#include "support/faults.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::abi::Kind;
using saea::abi::Submission;
using saea::test::Call;
using saea::test::CallCounter;
using saea::test::EventArgs;
using saea::test::Faults;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Pattern;
using saea::test::Peer;
using saea::test::Rig;
namespace socket_error = saea::os::socket_error;

constexpr size_t kMoreThanTheKernelTakes = 16 << 20;

struct Fixture {
  explicit Fixture(PairKind kind = PairKind::kTcp4) : socket(rig.Connect(kind, peer)) {}

  EventArgs& Send(EventArgs& args) {
    args.Submit(socket, Kind::kSend);
    return args;
  }

  // Runs turns and reads at the other end until so many bytes are there.
  std::string ReadAll(size_t length) {
    std::string received;
    rig.RunUntil([&] {
      received += peer.ReadAvailable();
      return received.size() >= length;
    });
    return received;
  }

  Rig rig;
  Peer peer;
  Handle socket;
};

}  // namespace

TEST(SmallSendFinishesAtOnce) {
  for (const PairKind kind : {PairKind::kTcp4, PairKind::kUnixStream, PairKind::kUdp4}) {
    Fixture test(kind);
    EventArgs& args = test.rig.NewArgs("hello");
    EXPECT_EQ(args.Submit(test.socket, Kind::kSend), Submission::kCompleted);
    EXPECT_EQ(args.error(), socket_error::kSuccess);
    EXPECT_EQ(args.transferred(), 5);
    EXPECT_EQ(args.record().result_flags, 0);
    EXPECT_EQ(test.peer.Read(5), "hello");
  }
}

TEST(WindowAloneIsSent) {
  Fixture test;
  EventArgs& args = test.rig.NewArgs("abcdef");
  args.SetWindow(1, 3);
  test.Send(args);
  EXPECT_EQ(args.transferred(), 3);
  test.peer.Write("end");  // both ways are ordered, so what was sent is there by now
  EXPECT_EQ(test.peer.Read(3), "bcd");
  EXPECT_EQ(test.peer.ReadAvailable(), "");
}

TEST(LargeSendIsPendingUntilAllIsTaken) {
  for (const PairKind kind : {PairKind::kTcp4, PairKind::kUnixStream}) {
    Fixture test(kind);
    const std::string bytes = Pattern(kMoreThanTheKernelTakes);
    EventArgs& args = test.Send(test.rig.NewArgs(bytes));
    EXPECT_TRUE(args.is_pending());
    test.rig.RunIdly();
    EXPECT_TRUE(args.is_pending());
    EXPECT_TRUE(test.ReadAll(bytes.size()) == bytes);
    test.rig.RunUntilDone(args);
    EXPECT_EQ(args.error(), socket_error::kSuccess);
    EXPECT_EQ(args.transferred(), bytes.size());
    EXPECT_EQ(args.completed_count(), 1);
  }
}

TEST(SendsArriveInTheirOrderEachWhole) {
  Fixture test;
  std::string expected;
  for (uint32_t i = 0; i < 4; ++i) {
    const std::string bytes = Pattern(kMoreThanTheKernelTakes / 4, i);
    expected += bytes;
    test.Send(test.rig.NewArgs(bytes));
  }
  EXPECT_TRUE(test.ReadAll(expected.size()) == expected);
  test.rig.RunUntil([&] { return !test.rig.event_loop.is_alive(); });
}

TEST(ListIsSentInOrderHoweverManySegments) {
  for (const PairKind kind : {PairKind::kTcp4, PairKind::kUnixStream}) {
    Fixture test(kind);
    constexpr size_t kSegments = 3 * saea::os::kMaxSpans + 7;
    const std::string bytes = Pattern(kSegments * 3);
    EventArgs& args = test.rig.NewArgs(bytes);
    std::vector<size_t> lengths(kSegments, 3);
    lengths.insert(lengths.begin() + 5, {0, 0});
    args.SetList(lengths);
    test.Send(args);
    EXPECT_TRUE(test.ReadAll(bytes.size()) == bytes);
    test.rig.RunUntilDone(args);
    EXPECT_EQ(args.transferred(), bytes.size());
  }
}

TEST(LargeListGoesOnWhereTheKernelHasStopped) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  const std::string bytes = Pattern(10000);
  EventArgs& args = test.rig.NewArgs(bytes);
  args.SetList({1, 0, 4999, 2500, 2500});
  Faults faults;
  faults.LimitBytes(777);  // ends inside segments and at none of their ends
  test.Send(args);
  EXPECT_TRUE(args.is_pending());
  EXPECT_TRUE(test.ReadAll(bytes.size()) == bytes);
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.transferred(), bytes.size());
}

TEST(DatagramListGoesInOneDatagram) {
  Fixture test(PairKind::kUdp4);
  EventArgs& args = test.rig.NewArgs("abcdef");
  args.SetList({2, 0, 4});
  test.Send(args);
  EXPECT_EQ(args.transferred(), 6);
  EXPECT_EQ(test.peer.ReadAvailable(), "abcdef");
}

TEST(DatagramListThatNoCallTakesIsTooLarge) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(PairKind::kUdp4);
  constexpr size_t kSegments = saea::os::kMaxSpans + 1;
  EventArgs& args = test.rig.NewArgs(kSegments);
  args.SetList(std::vector<size_t>(kSegments, 1));
  const CallCounter calls;
  test.Send(args);
  EXPECT_EQ(args.error(), socket_error::kMessageSize);
  EXPECT_EQ(calls.of(Call::kSendMessage), 0);
  args.SetList(std::vector<size_t>(saea::os::kMaxSpans, 1));
  EXPECT_EQ(test.Send(args).error(), socket_error::kSuccess);
}

TEST(DatagramThatIsTooLargeIsReportedAndNothingIsSent) {
  Fixture test(PairKind::kUdp4);
  EventArgs& args = test.Send(test.rig.NewArgs(70000));
  EXPECT_EQ(args.error(), socket_error::kMessageSize);
  EXPECT_EQ(args.transferred(), 0);
  EXPECT_EQ(test.peer.ReadAvailable(), "");
}

TEST(SendOfNothingFinishesAtOnce) {
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  EXPECT_EQ(args.Submit(test.socket, Kind::kSend), Submission::kCompleted);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
  EXPECT_EQ(args.transferred(), 0);
  args.SetList({});
  EXPECT_EQ(args.Submit(test.socket, Kind::kSend), Submission::kCompleted);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
}

TEST(SendOfNothingOnADatagramSocketIsAnEmptyDatagram) {
  Fixture test(PairKind::kUdp4);
  test.Send(test.rig.NewArgs());
  char byte;
  EXPECT_EQ(recv(test.peer.descriptor(), &byte, 1, 0), 0);
}

TEST(SendAfterOurOwnShutdownIsShutdown) {
  Fixture test;
  test.rig.at(test.socket).Shutdown(saea::os::socket_shutdown::kSend);
  EventArgs& args = test.Send(test.rig.NewArgs("x"));  // and no signal ends this process
  EXPECT_EQ(args.error(), socket_error::kShutdown);
  EXPECT_EQ(args.record().native_error, EPIPE);
}

TEST(SendThatWaitsFailsWhenThePeerResets) {
  Fixture test;
  EventArgs& args = test.Send(test.rig.NewArgs(kMoreThanTheKernelTakes));
  EXPECT_TRUE(args.is_pending());
  test.peer.Reset();
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.error(), socket_error::kConnectionReset);
  EXPECT_GT(args.transferred(), 0);
  EXPECT_LT(args.transferred(), kMoreThanTheKernelTakes);
}

TEST(SendWithAFlagThatThePlatformDoesNotTakeIsReported) {
  Fixture test;
  EventArgs& args = test.rig.NewArgs("x");
  args.socket_flags = 0x8000;
  EXPECT_EQ(test.Send(args).error(), socket_error::kOperationNotSupported);
  args.SetList({1});
  EXPECT_EQ(test.Send(args).error(), socket_error::kOperationNotSupported);
}

TEST(UrgentByteIsSentOutOfBand) {
  Fixture test;
  EventArgs& args = test.rig.NewArgs("u");
  args.socket_flags = saea::os::socket_flags::kOutOfBand;
  EXPECT_EQ(test.Send(args).error(), socket_error::kSuccess);
  char byte = 0;
  test.rig.RunUntil([&] { return recv(test.peer.descriptor(), &byte, 1, MSG_OOB) == 1; });
  EXPECT_EQ(byte, 'u');
}

TEST(InterruptedSendIsRepeatedAndASpuriousWouldBlockWaits) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  Faults faults;
  faults.Fail(Call::kSend, EINTR, 3);
  faults.Fail(Call::kSend, EAGAIN);
  EventArgs& args = test.Send(test.rig.NewArgs("hello"));
  EXPECT_TRUE(args.is_pending());
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
  EXPECT_EQ(test.peer.Read(5), "hello");
}

TEST(ErrorAfterAPartIsReportedWithThePart) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  Faults faults;
  faults.LimitBytes(3);
  faults.Fail(Call::kSend, ENOBUFS, 1, 1);
  EventArgs& args = test.Send(test.rig.NewArgs("hello"));
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.error(), socket_error::kNoBufferSpaceAvailable);
  EXPECT_EQ(args.transferred(), 3);
  EXPECT_EQ(test.peer.Read(3), "hel");
}
