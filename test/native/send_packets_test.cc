// SendPackets: buffers and files in order, read ahead where they are not cached, and every way for
// that to end.

#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

#include "os/file_ops.h"
#include "os/numbers.h"
#include "socket/packet_list.h"
#include "support/faults.h"
#include "support/rig.h"
#include "support/temporary_file.h"
#include "support/test.h"

namespace {

using saea::abi::Ending;
using saea::abi::Kind;
using saea::abi::Submission;
using saea::socket::PacketList;
using saea::test::Call;
using saea::test::CallCounter;
using saea::test::EventArgs;
using saea::test::Faults;
using saea::test::Handle;
using saea::test::OpenDescriptorCount;
using saea::test::PairKind;
using saea::test::Pattern;
using saea::test::Peer;
using saea::test::Rig;
using saea::test::TemporaryFile;
namespace socket_error = saea::os::socket_error;

constexpr uint64_t kToTheEnd = PacketList::kToTheEnd;
constexpr size_t kLength = 6 << 20;

struct Fixture {
  explicit Fixture(PairKind kind = PairKind::kTcp4) : socket(rig.Connect(kind, peer)) {}

  // A file, from an offset.
  Fixture& Add(const TemporaryFile& file, uint64_t offset = 0, uint64_t length = kToTheEnd) {
    EXPECT_TRUE(list->AddPath(file.path().c_str(), offset, length).ok());
    return *this;
  }

  Submission Start(EventArgs& args) {
    args.operation().Attach(std::move(list));
    list = std::make_unique<PacketList>();
    return args.Submit(socket, Kind::kSendPackets);
  }

  // Starts and expects that it is held until a thread has read ahead; false where nothing is ever
  // read ahead, as the file system does not say what is cached.
  bool StartHeld(EventArgs& args, const TemporaryFile& file) {
    if (saea::os::IsFileCached(file.descriptor(), 0, 1)) return false;
    const CallCounter calls;
    Add(file).Start(args);
    EXPECT_TRUE(args.is_pending());
    EXPECT_EQ(calls.of(Call::kSendFile), 0);
    return true;
  }

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
  std::unique_ptr<PacketList> list = std::make_unique<PacketList>();
};

#define REQUIRE_HELD(test, args, file) \
  if (!(test).StartHeld(args, file)) SKIP("this file system does not tell what is cached")

}  // namespace

TEST(NothingToSendFinishesAtOnce) {
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  EXPECT_EQ(test.Start(args), Submission::kCompleted);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
  EXPECT_EQ(args.transferred(), 0);
}

TEST(FilesArriveWholeOverAllKindsOfStreams) {
  for (const PairKind kind : {PairKind::kTcp4, PairKind::kUnixStream}) {
    const std::string content = Pattern(kLength);
    const TemporaryFile file(content);
    Fixture test(kind);
    EventArgs& args = test.rig.NewArgs();
    EXPECT_EQ(test.Add(file, 5).Add(file, 0, 7).Start(args), Submission::kPending);
    EXPECT_TRUE(test.ReadAll(kLength + 2) == content.substr(5) + content.substr(0, 7));
    test.rig.RunUntilDone(args);
    EXPECT_EQ(args.error(), socket_error::kSuccess);
    EXPECT_EQ(args.transferred(), kLength + 2);
    EXPECT_EQ(args.completed_count(), 1);
  }
}

TEST(ShortAndInterruptedCallsGoOnWhereTheyStopped) {
  REQUIRE_WRAPPED_CALLS();
  const std::string content = Pattern(10000);
  const TemporaryFile file(content);
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  Faults faults;
  faults.LimitBytes(777);
  faults.Fail(Call::kSendFile, EINTR, 2, 1);
  faults.Fail(Call::kSendFile, EAGAIN, 2, 3);
  test.Add(file).Start(args);
  EXPECT_TRUE(args.is_pending());
  EXPECT_TRUE(test.ReadAll(content.size()) == content);
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.transferred(), content.size());
}

TEST(CallThatTookLessThanItWasGivenIsTheLastOfTheTurn) {
  REQUIRE_WRAPPED_CALLS();
  const std::string content = Pattern(10000);
  const TemporaryFile file(content);
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  Faults faults;
  faults.LimitBytes(777);
  const CallCounter calls;
  test.Add(file).Start(args);
  EXPECT_EQ(calls.of(Call::kSendFile), 1);
  EXPECT_TRUE(test.ReadAll(content.size()) == content);
  test.rig.RunUntilDone(args);
}

TEST(PartOutsideOfTheFileIsInvalidWhenItsTurnComes) {
  const TemporaryFile file("content");
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  test.Add(file).Add(file, 3, 5).Add(file).Start(args);
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.error(), socket_error::kInvalidArgument);
  EXPECT_EQ(args.transferred(), 7);
  EXPECT_EQ(test.peer.Read(7), "content");
  EXPECT_EQ(test.peer.ReadAvailable(), "");
}

TEST(FileThatHasBecomeShorterEndsThere) {
  const TemporaryFile file(kLength);
  const TemporaryFile next("next");
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  REQUIRE_HELD(test, args, file);
  file.Resize(1000);
  EXPECT_EQ(test.ReadAll(1000).size(), 1000);
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
  EXPECT_EQ(args.transferred(), 1000);
}

TEST(OtherSendsWaitWhileAPartIsReadAhead) {
  const TemporaryFile file(1000);
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  REQUIRE_HELD(test, args, file);
  EventArgs& behind = test.rig.NewArgs("behind");
  EXPECT_EQ(behind.Submit(test.socket, Kind::kSend), Submission::kPending);
  EXPECT_EQ(test.peer.ReadAvailable(), "");
  EXPECT_TRUE(test.ReadAll(1006) == std::string(1000, '\0') + "behind");
  test.rig.RunUntilDone(behind);
  EXPECT_EQ(test.rig.dispatched[0], args.slot());
}

TEST(LoopStaysAliveWhileAPartIsReadAhead) {
  const TemporaryFile file(1000);
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  REQUIRE_HELD(test, args, file);
  EXPECT_TRUE(test.rig.event_loop.is_alive());
  EXPECT_EQ(test.ReadAll(1000).size(), 1000);
  test.rig.RunUntilDone(args);
  test.rig.RunUntil([&] { return !test.rig.event_loop.is_alive(); });
}

TEST(CloseWhileAPartIsReadAheadCompletesOnce) {
  const TemporaryFile file(kLength);
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  REQUIRE_HELD(test, args, file);
  test.rig.sockets.Close(test.socket, false);
  test.rig.RunUntilDone(args);
  test.rig.RunIdly();
  EXPECT_EQ(args.error(), socket_error::kOperationAborted);
  EXPECT_EQ(args.completed_count(), 1);
}

TEST(CancelWhileAPartIsReadAheadLetsTheNextGoOn) {
  const TemporaryFile file(kLength);
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  REQUIRE_HELD(test, args, file);
  EventArgs& behind = test.rig.NewArgs("behind");
  behind.Submit(test.socket, Kind::kSend);
  EXPECT_TRUE(args.Cancel(test.socket));
  EXPECT_EQ(test.ReadAll(6), "behind");
  test.rig.RunUntilDone(behind);
  EXPECT_EQ(args.error(), socket_error::kOperationAborted);
  EXPECT_EQ(args.completed_count(), 1);
}

TEST(SlotIsUsedAgainWhileItsOldPartIsStillRead) {
  const TemporaryFile file(kLength);
  const TemporaryFile small("small");
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  REQUIRE_HELD(test, args, file);
  EventArgs& other = test.rig.NewArgs();
  EXPECT_TRUE(args.Cancel(test.socket));
  other.on_completed = nullptr;
  test.Add(small).Start(other);
  EXPECT_EQ(test.ReadAll(5), "small");
  test.rig.RunUntilDone(other);
  test.rig.RunUntilDone(args);
  test.Add(small).Start(args);
  EXPECT_EQ(test.ReadAll(5), "small");
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.transferred(), 5);
}

TEST(TeardownWhileAPartIsReadAheadLeavesNothingOpen) {
  const TemporaryFile file(kLength);
  const size_t before = OpenDescriptorCount();
  {
    Fixture test;
    EventArgs& args = test.rig.NewArgs();
    REQUIRE_HELD(test, args, file);
  }
  EXPECT_EQ(OpenDescriptorCount(), before);
}

TEST(FilesAreClosedWithTheOperation) {
  const TemporaryFile file("content");
  Fixture test;
  const size_t before = OpenDescriptorCount();
  EventArgs& args = test.rig.NewArgs();
  test.Add(file).Start(args);
  test.rig.RunUntilDone(args);
  EXPECT_EQ(test.peer.Read(7), "content");
  test.Add(file, 8).Start(args);
  test.rig.RunUntilDone(args);
  EXPECT_EQ(args.error(), socket_error::kInvalidArgument);
  EXPECT_LT(OpenDescriptorCount(), before + 2);  // a watcher of the loop's at most
}

TEST(BrokenConnectionIsReportedAndRaisesNoSignal) {
  const TemporaryFile file("content");
  // Node ignores the signal; here it would end the process.
  std::signal(SIGPIPE, SIG_DFL);
  for (const PairKind kind : {PairKind::kTcp4, PairKind::kUnixStream}) {
    Fixture test(kind);
    test.rig.at(test.socket).Shutdown(saea::os::socket_shutdown::kSend);
    EventArgs& args = test.rig.NewArgs();
    test.Add(file).Start(args);
    test.rig.RunUntilDone(args);
    EXPECT_EQ(args.error(), socket_error::kShutdown);
    EXPECT_EQ(args.record().native_error, EPIPE);
    sigset_t pending;
    sigpending(&pending);
    EXPECT_EQ(sigismember(&pending, SIGPIPE), 0);
    sigset_t blocked;
    pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
    EXPECT_EQ(sigismember(&blocked, SIGPIPE), 0);
  }
}

TEST(EndingShutsDownWhenAllWasSent) {
  const TemporaryFile file("content");
  for (const Ending ending : {Ending::kDisconnect, Ending::kDisconnectAndReuse}) {
    Fixture test;
    EventArgs& args = test.rig.NewArgs();
    args.ending = ending;
    test.Add(file).Start(args);
    test.rig.RunUntilDone(args);
    EXPECT_EQ(args.error(), socket_error::kSuccess);
    EXPECT_EQ(test.peer.Read(7), "content");
    EXPECT_TRUE(test.peer.SeesEnd());
  }
}

TEST(DetachedMemoryIsFaultAndNotRead) {
  Fixture test;
  EventArgs& args = test.rig.NewArgs();
  bool is_attached = true;
  uint8_t memory[4] = {};
  const saea::engine::MemoryRegion::Owner owner = {[](const saea::engine::MemoryRegion& region) {
                                                     return *static_cast<bool*>(region.context());
                                                   },
                                                   [](saea::engine::MemoryRegion&) {}};
  saea::engine::MemoryRegion region(memory, sizeof memory, owner, &is_attached);
  EXPECT_TRUE(test.list->AddBytes(region, 0, 4));
  is_attached = false;
  test.Start(args);
  EXPECT_EQ(args.error(), socket_error::kFault);
  EXPECT_EQ(args.transferred(), 0);
}
