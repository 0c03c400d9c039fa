// The fault layer does what tests tell it, and nothing when they tell nothing.

#include "support/faults.h"

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>

#include "support/peer.h"
#include "support/test.h"

namespace {

using saea::test::Call;
using saea::test::CallCounter;
using saea::test::FaultPause;
using saea::test::Faults;
using saea::test::MakePair;
using saea::test::Pair;
using saea::test::PairKind;
using saea::test::Peer;

struct Fixture {
  explicit Fixture(PairKind kind = PairKind::kUnixStream) : pair(MakePair(kind)), ours(pair.ours) {}

  ssize_t Send(const char* bytes, size_t length) const {
    return send(pair.ours, bytes, length, MSG_NOSIGNAL);
  }
  ssize_t Receive(size_t length) { return recv(pair.ours, buffer, length, 0); }

  Pair pair;
  Peer ours;
  char buffer[16] = {};
};

}  // namespace

TEST(CallsAreCountedByKindSinceTheCounterWasMade) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  test.Send("x", 1);
  const CallCounter calls;
  test.Send("x", 1);
  test.Send("x", 1);
  test.Receive(1);
  EXPECT_EQ(calls.of(Call::kSend), 2);
  EXPECT_EQ(calls.of(Call::kReceive), 1);
  EXPECT_EQ(calls.of(Call::kSendMessage), 0);
}

TEST(CallFailsSoManyTimesAfterSoManyOthers) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  Faults faults;
  faults.Fail(Call::kSend, ENOBUFS, 2, 1);
  EXPECT_EQ(test.Send("a", 1), 1);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(test.Send("b", 1), -1);
    EXPECT_EQ(errno, ENOBUFS);
  }
  EXPECT_EQ(test.Send("c", 1), 1);
  EXPECT_EQ(test.pair.theirs.Read(2), "ac");  // what failed was not made
}

TEST(FaultsEndWithTheirScopeAndPauseInside) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  {
    Faults faults;
    faults.Fail(Call::kSend, EPIPE, 100);
    EXPECT_EQ(test.Send("x", 1), -1);
    {
      const FaultPause pause;
      EXPECT_EQ(test.Send("x", 1), 1);
    }
    EXPECT_EQ(test.Send("x", 1), -1);
  }
  EXPECT_EQ(test.Send("x", 1), 1);
}

TEST(SomeCallsFailAtRandomAndTheSeedSaysWhich) {
  REQUIRE_WRAPPED_CALLS();
  std::string courses[2];
  for (std::string& course : courses) {
    Fixture test;
    Faults faults(7);
    faults.FailSome(Call::kSend, EINTR, 300);
    for (int i = 0; i < 200; ++i) course += test.Send("x", 1) == 1 ? '.' : '!';
  }
  EXPECT_EQ(courses[0], courses[1]);
  EXPECT_NE(courses[0].find('!'), std::string::npos);
  EXPECT_NE(courses[0].find('.'), std::string::npos);
}

TEST(LimitShortensStreamsAndLeavesDatagramsWhole) {
  REQUIRE_WRAPPED_CALLS();
  Fixture stream;
  Fixture datagram(PairKind::kUdp4);
  Faults faults;
  faults.LimitBytes(2);
  EXPECT_EQ(stream.Send("abcd", 4), 2);
  EXPECT_EQ(datagram.Send("abcd", 4), 4);
  stream.pair.theirs.Write("efgh");
  EXPECT_EQ(stream.Receive(4), 2);
  char a[1];
  char b[3];
  iovec parts[] = {{a, sizeof(a)}, {b, sizeof(b)}};
  msghdr message = {};
  message.msg_iov = parts;
  message.msg_iovlen = 2;
  EXPECT_EQ(recvmsg(stream.pair.ours, &message, 0), 2);
  EXPECT_EQ(a[0], 'g');
  EXPECT_EQ(b[0], 'h');
  EXPECT_EQ(sendmsg(stream.pair.ours, &message, 0), 2);
  EXPECT_EQ(stream.pair.theirs.Read(4), "abgh");
}

TEST(ConnectThatIsInterruptedGoesOn) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test(PairKind::kUdp4);
  Faults faults;
  faults.Fail(Call::kConnect, EINTR);
  sockaddr_storage name;
  socklen_t length = sizeof(name);
  getsockname(test.pair.ours, reinterpret_cast<sockaddr*>(&name), &length);
  const Peer other(socket(AF_INET, SOCK_DGRAM, 0));
  EXPECT_EQ(connect(other.descriptor(), reinterpret_cast<sockaddr*>(&name), length), -1);
  EXPECT_EQ(errno, EINTR);
  EXPECT_EQ(getpeername(other.descriptor(), reinterpret_cast<sockaddr*>(&name), &length), 0);
}

TEST(InterruptedCloseHasClosed) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  Faults faults;
  faults.Fail(Call::kClose, EINTR);
  EXPECT_EQ(close(test.ours.Release()), -1);
  EXPECT_TRUE(test.pair.theirs.SeesEnd());
}
