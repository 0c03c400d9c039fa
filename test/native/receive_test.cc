// Receive: streams, datagrams, lists, flags, and nothing at all.

#include <vector>

#include "os/numbers.h"
#include "support/faults.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::abi::Kind;
using saea::abi::Submission;
using saea::test::Call;
using saea::test::EventArgs;
using saea::test::Faults;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Pattern;
using saea::test::Peer;
using saea::test::Rig;
namespace socket_error = saea::os::socket_error;
namespace socket_flags = saea::os::socket_flags;

struct Fixture {
  explicit Fixture(PairKind kind = PairKind::kTcp4) : socket(rig.Connect(kind, peer)) {}

  // Submits and waits for the end.
  EventArgs& Receive(EventArgs& args) {
    args.Submit(socket, Kind::kReceive);
    rig.RunUntilDone(args);
    return args;
  }
  EventArgs& Receive(size_t length, uint32_t flags = socket_flags::kNone) {
    EventArgs& args = rig.NewArgs(length);
    args.socket_flags = flags;
    return Receive(args);
  }

  Rig rig;
  Peer peer;
  Handle socket;
};

constexpr PairKind kStreams[] = {PairKind::kTcp4, PairKind::kUnixStream};
constexpr PairKind kDatagrams[] = {PairKind::kUdp4, PairKind::kUnixSeqpacket};

}  // namespace

TEST(StreamGivesWhatItHasAndThenItsEndAgainAndAgain) {
  for (const PairKind kind : kStreams) {
    Fixture test(kind);
    test.peer.Write("data");
    test.peer.EndSending();
    EXPECT_EQ(test.Receive(10).TransferredText(), "data");
    for (int i = 0; i < 3; ++i) {
      EventArgs& args = test.Receive(10);
      EXPECT_EQ(args.error(), socket_error::kSuccess);
      EXPECT_EQ(args.transferred(), 0);
    }
  }
}

TEST(WindowAloneIsFilled) {
  Fixture test;
  test.peer.Write("abcdef");
  EventArgs& args = test.rig.NewArgs("..........");
  args.SetWindow(3, 4);
  test.Receive(args);
  EXPECT_EQ(args.Text(), "...abcd...");
  EXPECT_EQ(args.TransferredText(), "abcd");
}

TEST(WindowOutsideTheBufferAborts) {
  Fixture test;
  EventArgs& args = test.rig.NewArgs(10);
  for (const auto& [offset, count] :
       {std::pair<uint32_t, uint32_t>{0, 11}, {11, 0}, {5, 6}, {UINT32_MAX, 1}, {1, UINT32_MAX}}) {
    args.SetWindow(offset, count);
    EXPECT_ABORT(args.Submit(test.socket, Kind::kReceive));
  }
  // Between the submit and the data lib could still have written to the record.
  args.SetWindow(0, 10);
  args.Submit(test.socket, Kind::kReceive);
  args.operation().record().count = 11;
  test.peer.Write("x");
  EXPECT_ABORT(test.rig.RunUntilDone(args));
  args.operation().record().count = 10;
}

TEST(ListIsFilledSegmentBySegment) {
  for (const PairKind kind : {PairKind::kTcp4, PairKind::kUdp4}) {
    Fixture test(kind);
    test.peer.Write("abcdefgh");
    test.rig.AwaitAvailable(test.socket, 8);
    EventArgs& args = test.rig.NewArgs(20);
    args.SetList({3, 0, 4, 13});
    test.Receive(args);
    EXPECT_EQ(args.error(), socket_error::kSuccess);
    EXPECT_EQ(args.TransferredText(), "abcdefgh");
  }
}

TEST(ListLongerThanOneCallTakesReceivesAsFarAsTheCallGoes) {
  Fixture test;
  constexpr size_t kSegments = saea::os::kMaxSpans + 10;
  test.peer.Write(Pattern(kSegments));
  test.rig.AwaitAvailable(test.socket, kSegments);
  EventArgs& args = test.rig.NewArgs(kSegments);
  args.SetList(std::vector<size_t>(kSegments, 1));
  test.Receive(args);
  EXPECT_EQ(args.transferred(), saea::os::kMaxSpans);
  EventArgs& rest = test.rig.NewArgs(100);
  EXPECT_EQ(rest.Submit(test.socket, Kind::kReceive), Submission::kCompleted);
  EXPECT_TRUE(args.TransferredText() + rest.TransferredText() == Pattern(kSegments));
}

TEST(DatagramsComeOneByOne) {
  for (const PairKind kind : kDatagrams) {
    Fixture test(kind);
    test.peer.Write("one");
    test.peer.Write("two!");
    EXPECT_EQ(test.Receive(10).TransferredText(), "one");
    EXPECT_EQ(test.Receive(10).TransferredText(), "two!");
  }
}

TEST(DatagramLargerThanTheBufferIsCutAndSaysSo) {
  for (const PairKind kind : kDatagrams) {
    Fixture test(kind);
    test.peer.Write("0123456789");
    EventArgs& args = test.Receive(4);
    EXPECT_EQ(args.error(), socket_error::kSuccess);
    EXPECT_EQ(args.Text(), "0123");
    EXPECT_EQ(args.record().result_flags, socket_flags::kTruncated);
    test.peer.Write("next");
    EventArgs& next = test.Receive(4);
    EXPECT_EQ(next.Text(), "next");
    EXPECT_EQ(next.record().result_flags, socket_flags::kNone);
  }
}

TEST(EmptyDatagramIsReceived) {
  Fixture test(PairKind::kUdp4);
  test.peer.Write("");
  EventArgs& args = test.Receive(4);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
  EXPECT_EQ(args.transferred(), 0);
}

TEST(ReceiveOfNothingWaitsForDataAndTakesNone) {
  for (const PairKind kind : {PairKind::kTcp4, PairKind::kUdp4}) {
    Fixture test(kind);
    EventArgs& nothing = test.rig.NewArgs();
    EXPECT_EQ(nothing.Submit(test.socket, Kind::kReceive), Submission::kPending);
    test.rig.RunIdly();
    EXPECT_TRUE(nothing.is_pending());
    test.peer.Write("data");
    test.rig.RunUntilDone(nothing);
    EXPECT_EQ(nothing.error(), socket_error::kSuccess);
    EXPECT_EQ(nothing.transferred(), 0);
    EXPECT_EQ(nothing.Submit(test.socket, Kind::kReceive), Submission::kCompleted);  // still there
    EXPECT_EQ(test.Receive(10).TransferredText(), "data");
  }
}

TEST(ReceivesOfNothingLookAgainEachForItself) {
  Fixture test;
  EventArgs& first = test.rig.NewArgs();
  EventArgs& taker = test.rig.NewArgs(10);
  EventArgs& second = test.rig.NewArgs();
  for (EventArgs* args : {&first, &taker, &second}) args->Submit(test.socket, Kind::kReceive);
  test.peer.Write("data");
  test.rig.RunUntilDone(taker);
  EXPECT_FALSE(first.is_pending());
  test.rig.RunIdly();
  EXPECT_TRUE(second.is_pending());  // nothing was left for it
}

TEST(ReceiveOfNothingEndsWithTheStream) {
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  args.Submit(test.socket, Kind::kReceive);
  test.peer.EndSending();
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
}

TEST(PeekLeavesTheData) {
  for (const PairKind kind : {PairKind::kTcp4, PairKind::kUdp4}) {
    Fixture test(kind);
    test.peer.Write("data");
    EventArgs& peek = test.Receive(10, socket_flags::kPeek);
    EXPECT_EQ(peek.TransferredText(), "data");
    EXPECT_EQ(peek.record().result_flags, socket_flags::kNone);
    EventArgs& args = test.rig.NewArgs(10);
    EXPECT_EQ(args.Submit(test.socket, Kind::kReceive), Submission::kCompleted);
    EXPECT_EQ(args.TransferredText(), "data");
  }
}

TEST(FlagThatThePlatformDoesNotTakeIsReported) {
  constexpr uint32_t kPartial = 0x8000;
  Fixture test;
  EXPECT_EQ(test.Receive(10, kPartial).error(), socket_error::kOperationNotSupported);
  EventArgs& list = test.rig.NewArgs(10);
  list.SetList({10});
  list.socket_flags = kPartial | socket_flags::kPeek;
  EXPECT_EQ(test.Receive(list).error(), socket_error::kOperationNotSupported);
}

TEST(ReceiveOnAStreamThatWasNeverConnectedIsNotConnected) {
  Rig rig;
  const Handle socket = rig.Create(saea::os::address_family::kInterNetwork,
                                   saea::os::socket_type::kStream, saea::os::protocol_type::kTcp);
  for (const size_t length : {0, 10}) {
    EventArgs& args = rig.NewArgs(length);
    EXPECT_EQ(args.Submit(socket, Kind::kReceive), Submission::kCompleted);
    EXPECT_EQ(args.error(), socket_error::kNotConnected);
  }
}

TEST(ResetIsReportedOnceAndTheStreamHasEnded) {
  Fixture test;
  EventArgs& args = test.rig.NewArgs(1);
  args.Submit(test.socket, Kind::kReceive);
  test.peer.Reset();
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.error(), socket_error::kConnectionReset);
  EXPECT_EQ(test.Receive(1).transferred(), 0);
}

TEST(InterruptedReceiveIsRepeated) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  test.peer.Write("data");
  test.rig.AwaitAvailable(test.socket, 4);
  Faults faults;
  faults.Fail(Call::kReceive, EINTR, 5);
  faults.Fail(Call::kReceiveMessage, EINTR, 5);
  EventArgs& peek = test.Receive(4, socket_flags::kPeek);
  EXPECT_EQ(peek.Text(), "data");
  EventArgs& list = test.rig.NewArgs(4);
  list.SetList({4});
  EXPECT_EQ(test.Receive(list).Text(), "data");
}

TEST(ErrorOfTheCallIsTheErrorOfTheOperation) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  EventArgs& args = test.rig.NewArgs(4);
  args.Submit(test.socket, Kind::kReceive);
  Faults faults;
  faults.Fail(Call::kReceive, ENOMEM);
  test.peer.Write("data");
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.error(), socket_error::kUnspecified);
  EXPECT_EQ(args.record().native_error, ENOMEM);
  EXPECT_EQ(test.Receive(4).Text(), "data");
}
