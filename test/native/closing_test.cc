// What a descriptor is like when it closes: nobody must wait for that.

#include <sys/socket.h>

#include <cstring>

#include "os/numbers.h"
#include "support/faults.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::abi::Kind;
using saea::test::Call;
using saea::test::CallCounter;
using saea::test::EventArgs;
using saea::test::Handle;
using saea::test::PairKind;
using saea::test::Peer;
using saea::test::Rig;
namespace socket_option = saea::os::socket_option;

// SO_LINGER of what closed last.
linger& Seen() {
  static linger seen = {};
  return seen;
}

// Looks at it before it closes.
struct ClosingObserver {
  ClosingObserver() {
    Seen() = {-1, -1};
    saea::test::ObserveClose([](int descriptor) {
      socklen_t length = sizeof(linger);
      getsockopt(descriptor, SOL_SOCKET, SO_LINGER, &Seen(), &length);
    });
  }
  ~ClosingObserver() { saea::test::ObserveClose(nullptr); }
};

void SetLinger(Rig& rig, Handle socket, int32_t seconds) {
  const int32_t value[] = {1, seconds};
  uint8_t bytes[sizeof(value)];
  std::memcpy(bytes, value, sizeof(value));
  EXPECT_TRUE(
      rig.at(socket)
          .SetOption(socket_option::kSocketLevel, socket_option::kLinger, bytes, sizeof(bytes))
          .ok());
}

struct Fixture {
  Rig rig;
  Peer peer;
  Handle socket = rig.Connect(PairKind::kTcp4, peer);
};

// An accepted connection; its listener lingers.
struct Accepted {
  Accepted() {
    SetLinger(rig, listener, 30);
    client = saea::test::ConnectTo(address);
    EventArgs& args = rig.NewArgs();
    args.Submit(listener, Kind::kAccept);
    rig.RunUntilDone(args);
    socket = args.record().result_handle;
  }

  Rig rig;
  saea::abi::Address address = {};
  Handle listener = rig.Listen(AF_INET, address);
  Peer client;
  Handle socket = 0;
};

}  // namespace

TEST(CloseDoesNotWaitForThePeer) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  SetLinger(test.rig, test.socket, 30);
  const ClosingObserver observer;
  test.rig.sockets.Close(test.socket, false);
  EXPECT_EQ(Seen().l_onoff, 0);
  EXPECT_TRUE(test.peer.SeesEnd());
}

TEST(LingeringForNoTimeIsAResetAndStaysOne) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  SetLinger(test.rig, test.socket, 0);
  const ClosingObserver observer;
  test.rig.sockets.Close(test.socket, false);
  EXPECT_NE(Seen().l_onoff, 0);
  EXPECT_TRUE(test.peer.SeesReset());
}

TEST(LingerByTheNumbersOfTheSystemIsKnownToo) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  const linger time = {1, 30};
  uint8_t bytes[sizeof(time)];
  std::memcpy(bytes, &time, sizeof(time));
  test.rig.at(test.socket).SetRawOption(SOL_SOCKET, SO_LINGER, bytes, sizeof(bytes));
  const ClosingObserver observer;
  test.rig.sockets.Close(test.socket, false);
  EXPECT_EQ(Seen().l_onoff, 0);
}

TEST(AcceptedConnectionHasItFromItsListener) {
  REQUIRE_WRAPPED_CALLS();
  Accepted test;
  const ClosingObserver observer;
  test.rig.sockets.Close(test.socket, false);
  EXPECT_EQ(Seen().l_onoff, 0);
  EXPECT_TRUE(test.client.SeesEnd());
}

TEST(RenewedDescriptorLingersAndTheOldOneDoesNot) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  SetLinger(test.rig, test.socket, 30);
  const ClosingObserver observer;
  EXPECT_TRUE(test.rig.at(test.socket).RenewDescriptor().ok());
  EXPECT_EQ(Seen().l_onoff, 0);
  test.rig.at(test.socket)
      .GetOption(socket_option::kSocketLevel, socket_option::kLinger,
                 reinterpret_cast<uint8_t*>(&Seen()), sizeof(linger));
  EXPECT_EQ(Seen().l_linger, 30);
  test.rig.sockets.Close(test.socket, false);
  EXPECT_EQ(Seen().l_onoff, 0);
}

TEST(EnvironmentThatGoesDoesNotWaitEither) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  SetLinger(test.rig, test.socket, 30);
  const ClosingObserver observer;
  test.rig.sockets.AbandonAll();
  EXPECT_EQ(Seen().l_onoff, 0);
}

TEST(CloseAfterATimeDoesNotWaitInTheEnd) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  SetLinger(test.rig, test.socket, 30);
  test.rig.sockets.CloseAfter(test.socket, 120000);
  const ClosingObserver observer;
  test.peer.EndSending();
  test.rig.RunUntil([&] { return test.rig.busy_handle_count() == 0; });
  EXPECT_EQ(Seen().l_onoff, 0);
}

TEST(SocketWithoutTheOptionIsNotAsked) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  const CallCounter calls;
  test.rig.sockets.Close(test.socket, false);
  EXPECT_EQ(calls.of(Call::kGetOption) + calls.of(Call::kSetOption), 0);
}

// Another process may have it too, and what it accepts would be reset.
TEST(ListenerIsLeftAsItIs) {
  REQUIRE_WRAPPED_CALLS();
  Rig rig;
  saea::abi::Address address = {};
  const Handle listener = rig.Listen(AF_INET, address);
  rig.NewArgs().Submit(listener, Kind::kAccept);
  const ClosingObserver observer;
  rig.sockets.Close(listener, true);
  EXPECT_EQ(Seen().l_onoff, 0);
}

TEST(AdoptedListenerIsLeftAsItIs) {
  REQUIRE_WRAPPED_CALLS();
  Rig rig;
  saea::abi::Address address = {};
  saea::os::Description description = {};
  const int descriptor = saea::test::Listen(AF_INET, address);
  const saea::os::Result adopted = rig.sockets.Adopt(descriptor, description);
  const ClosingObserver observer;
  rig.sockets.Close(static_cast<Handle>(adopted.value), true);
  EXPECT_EQ(Seen().l_onoff, 0);
}
