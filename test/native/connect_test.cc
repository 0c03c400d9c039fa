// Connect: at once, in the background, refused, and again on the same socket.

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "os/numbers.h"
#include "support/faults.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::abi::Address;
using saea::abi::Kind;
using saea::abi::Submission;
using saea::test::Call;
using saea::test::EventArgs;
using saea::test::Faults;
using saea::test::Handle;
using saea::test::Peer;
using saea::test::Rig;
namespace address_family = saea::os::address_family;
namespace protocol_type = saea::os::protocol_type;
namespace socket_error = saea::os::socket_error;
namespace socket_type = saea::os::socket_type;

constexpr int32_t kTcpLevel = 6;

Handle NewTcp(Rig& rig) {
  return rig.Create(address_family::kInterNetwork, socket_type::kStream, protocol_type::kTcp);
}

Handle NewUnix(Rig& rig) {
  return rig.Create(address_family::kUnix, socket_type::kStream, protocol_type::kUnspecified);
}

// Submits and waits for the end.
void Connect(Rig& rig, EventArgs& args, Handle socket, const Address& address) {
  args.address() = address;
  args.Submit(socket, Kind::kConnect);
  rig.RunUntilDone(args);
}

// A listener, plain, and its address.
struct Listener {
  explicit Listener(int system_family = AF_INET)
      : socket(saea::test::Listen(system_family, address)) {}
  Peer Accept() const { return Peer(accept(socket.descriptor(), nullptr, nullptr)); }

  Address address = {};
  Peer socket;
};

}  // namespace

TEST(ConnectInTheBackgroundIsPendingAndSucceeds) {
  Rig rig;
  const Listener listener;
  const Handle socket = NewTcp(rig);
  EventArgs& args = rig.NewArgs();
  args.address() = listener.address;
  EXPECT_EQ(args.Submit(socket, Kind::kConnect), Submission::kPending);
  rig.RunUntilDone(args);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
  EXPECT_EQ(args.transferred(), 0);
  Address remote = {};
  EXPECT_TRUE(rig.at(socket).GetRemoteAddress(remote).ok());
  EXPECT_EQ(remote.port, listener.address.port);
}

TEST(ConnectOverIpv6Succeeds) {
  if (!saea::test::HasIpv6()) SKIP("no IPv6 loopback address");
  Rig rig;
  const Listener listener(AF_INET6);
  const Handle socket =
      rig.Create(address_family::kInterNetworkV6, socket_type::kStream, protocol_type::kTcp);
  EventArgs& args = rig.NewArgs();
  Connect(rig, args, socket, listener.address);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
}

TEST(ConnectOfAUnixSocketFinishesAtOnce) {
  Rig rig;
  const Address address = saea::test::AbstractAddress(saea::test::UniqueName());
  const Handle listener = NewUnix(rig);
  EXPECT_TRUE(rig.at(listener).Bind(address).ok());
  EXPECT_TRUE(rig.at(listener).Listen(1).ok());
  EventArgs& args = rig.NewArgs();
  args.address() = address;
  EXPECT_EQ(args.Submit(NewUnix(rig), Kind::kConnect), Submission::kCompleted);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
}

TEST(ConnectToAUnixSocketWithAFullBacklogIsWouldBlock) {
  Rig rig;
  const Address address = saea::test::AbstractAddress(saea::test::UniqueName());
  const Handle listener = NewUnix(rig);
  rig.at(listener).Bind(address);
  rig.at(listener).Listen(0);
  EventArgs& first = rig.NewArgs();
  Connect(rig, first, NewUnix(rig), address);
  EXPECT_EQ(first.error(), socket_error::kSuccess);
  const Handle socket = NewUnix(rig);
  EventArgs& second = rig.NewArgs();
  second.address() = address;
  EXPECT_EQ(second.Submit(socket, Kind::kConnect), Submission::kCompleted);
  EXPECT_EQ(second.error(), socket_error::kWouldBlock);
  // The same descriptor connects once there is room.
  const auto descriptor = rig.at(socket).descriptor();
  rig.NewArgs().Submit(listener, Kind::kAccept);
  Connect(rig, second, socket, address);
  EXPECT_EQ(second.error(), socket_error::kSuccess);
  EXPECT_EQ(rig.at(socket).descriptor(), descriptor);
}

TEST(ConnectOfADatagramSocketFinishesAtOnce) {
  Rig rig;
  const Handle socket =
      rig.Create(address_family::kInterNetwork, socket_type::kDgram, protocol_type::kUdp);
  EventArgs& args = rig.NewArgs();
  args.address() = saea::test::Ipv4Loopback(9);
  EXPECT_EQ(args.Submit(socket, Kind::kConnect), Submission::kCompleted);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
}

TEST(RefusedConnectIsReported) {
  Rig rig;
  EventArgs& args = rig.NewArgs();
  Connect(rig, args, NewTcp(rig), saea::test::RefusingAddress());
  EXPECT_EQ(args.error(), socket_error::kConnectionRefused);
  EXPECT_EQ(args.record().native_error, ECONNREFUSED);
}

TEST(ConnectAfterARefusedOneGetsAFreshDescriptorWithTheSameOptions) {
  Rig rig;
  const Handle socket = NewTcp(rig);
  const int32_t on = 1;
  constexpr int32_t kNoDelay = 1;
  rig.at(socket).SetOption(kTcpLevel, kNoDelay, reinterpret_cast<const uint8_t*>(&on), sizeof(on));
  EventArgs& args = rig.NewArgs();
  Connect(rig, args, socket, saea::test::RefusingAddress());
  const Listener listener;
  Connect(rig, args, socket, listener.address);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
  uint32_t no_delay = 0;
  rig.at(socket).GetOption(kTcpLevel, kNoDelay, reinterpret_cast<uint8_t*>(&no_delay),
                           sizeof(no_delay));
  EXPECT_NE(no_delay, 0);
  Peer accepted = listener.Accept();
  EXPECT_EQ(rig.NewArgs("hello").Submit(socket, Kind::kSend), Submission::kCompleted);
  EXPECT_EQ(accepted.Read(5), "hello");
}

TEST(SecondConnectWhileTheFirstGoesOnIsAlreadyInProgress) {
  Rig rig;
  const saea::test::FullListener listener;
  const Handle socket = NewTcp(rig);
  EventArgs& first = rig.NewArgs();
  EventArgs& second = rig.NewArgs();
  first.address() = second.address() = listener.address();
  EXPECT_EQ(first.Submit(socket, Kind::kConnect), Submission::kPending);
  for (int i = 0; i < 2; ++i) {  // and it spoils nothing for the next
    EXPECT_EQ(second.Submit(socket, Kind::kConnect), Submission::kCompleted);
    EXPECT_EQ(second.error(), socket_error::kAlreadyInProgress);
  }
  rig.RunIdly();
  EXPECT_TRUE(first.is_pending());
}

TEST(ReceiveDoesNotTakeTheErrorOfTheConnect) {
  Rig rig;
  const Handle socket = NewTcp(rig);
  EventArgs& connect = rig.NewArgs();
  connect.address() = saea::test::RefusingAddress();
  EXPECT_EQ(connect.Submit(socket, Kind::kConnect), Submission::kPending);
  EventArgs& receive = rig.NewArgs(1);
  receive.Submit(socket, Kind::kReceive);
  rig.RunUntilDone(connect);
  EXPECT_EQ(connect.error(), socket_error::kConnectionRefused);
  rig.RunUntilDone(receive);
  EXPECT_EQ(receive.transferred(), 0);
}

TEST(WaitingReceiveLeavesTheErrorToTheConnect) {
  REQUIRE_WRAPPED_CALLS();
  Rig rig;
  const Handle socket = NewTcp(rig);
  EventArgs& connect = rig.NewArgs();
  connect.address() = saea::test::RefusingAddress();
  connect.Submit(socket, Kind::kConnect);
  Faults faults;
  faults.Fail(Call::kReceive, EAGAIN);  // as if the refusal had not arrived yet
  EventArgs& receive = rig.NewArgs(1);
  EXPECT_EQ(receive.Submit(socket, Kind::kReceive), Submission::kPending);
  rig.RunUntilDone(connect);
  EXPECT_EQ(connect.error(), socket_error::kConnectionRefused);
  rig.RunUntilDone(receive);
  EXPECT_EQ(receive.transferred(), 0);
}

TEST(InterruptedConnectGoesOnInTheBackground) {
  REQUIRE_WRAPPED_CALLS();
  Rig rig;
  const Listener listener;
  const Handle socket = NewTcp(rig);
  Faults faults;
  faults.Fail(Call::kConnect, EINTR);
  EventArgs& args = rig.NewArgs();
  Connect(rig, args, socket, listener.address);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
}

TEST(ConnectSendsItsBufferAndCompletesWhenAllIsSent) {
  Rig rig;
  const Listener listener;
  const std::string bytes = saea::test::Pattern(8 << 20);
  EventArgs& args = rig.NewArgs(bytes);
  args.address() = listener.address;
  args.Submit(NewTcp(rig), Kind::kConnect);
  Peer accepted = listener.Accept();
  REQUIRE_TRUE(accepted.descriptor() != -1);
  rig.RunIdly();
  EXPECT_TRUE(args.is_pending());  // nobody reads yet
  std::string received;
  rig.RunUntil([&] {
    received += accepted.ReadAvailable();
    return !args.is_pending();
  });
  EXPECT_EQ(args.error(), socket_error::kSuccess);
  EXPECT_EQ(args.transferred(), bytes.size());
  received += accepted.Read(bytes.size() - received.size());
  EXPECT_TRUE(received == bytes);
}

TEST(FlagsAreNotForTheBufferOfAConnect) {
  Rig rig;
  const Listener listener;
  EventArgs& args = rig.NewArgs("hello");
  args.socket_flags = 0x8000;  // which no send takes
  Connect(rig, args, NewTcp(rig), listener.address);
  EXPECT_EQ(args.error(), socket_error::kSuccess);
  EXPECT_EQ(listener.Accept().Read(5), "hello");
}

#ifdef TCP_FASTOPEN_CONNECT
// With it connect() may succeed before anybody was asked, so it is for those who send at once.
TEST(FastOpenIsForConnectsWithDataAlone) {
  const Listener listener;
  for (const bool has_data : {false, true}) {
    Rig rig;
    const Handle socket = NewTcp(rig);
    const int32_t on = 1;
    constexpr int32_t kFastOpen = 15;
    EXPECT_TRUE(
        rig.at(socket)
            .SetOption(kTcpLevel, kFastOpen, reinterpret_cast<const uint8_t*>(&on), sizeof(on))
            .ok());
    EventArgs& args = rig.NewArgs(has_data ? "hello" : "");
    Connect(rig, args, socket, listener.address);
    EXPECT_EQ(args.error(), socket_error::kSuccess);
    EXPECT_EQ(args.transferred(), has_data ? 5 : 0);
    int32_t is_deferred = -1;
    rig.at(socket).GetRawOption(IPPROTO_TCP, TCP_FASTOPEN_CONNECT,
                                reinterpret_cast<uint8_t*>(&is_deferred), sizeof(is_deferred));
    EXPECT_EQ(is_deferred, has_data ? 1 : 0);
  }
}
#endif

TEST(SendQueuesBehindTheConnect) {
  Rig rig;
  const Listener listener;
  const Handle socket = NewTcp(rig);
  EventArgs& connect = rig.NewArgs();
  connect.address() = listener.address;
  connect.Submit(socket, Kind::kConnect);
  EventArgs& send = rig.NewArgs("hello");
  EXPECT_EQ(send.Submit(socket, Kind::kSend), Submission::kPending);
  rig.RunUntilDone(send);
  EXPECT_TRUE((rig.dispatched == std::vector<uint32_t>{connect.slot(), send.slot()}));
  EXPECT_EQ(listener.Accept().Read(5), "hello");
}

TEST(WhatWaitsForAnotherConnectionEndsWithItsDescriptor) {
  Rig rig;
  const saea::test::FullListener full;
  const Listener listener;
  const Handle socket = NewTcp(rig);
  EventArgs& first = rig.NewArgs();
  first.address() = full.address();
  first.Submit(socket, Kind::kConnect);
  EventArgs& send = rig.NewArgs("for the first");
  send.Submit(socket, Kind::kSend);
  EXPECT_TRUE(first.is_pending() && send.is_pending());
  rig.at(socket).RequireRenewal();  // as a shutdown before there was a connection does
  EventArgs& second = rig.NewArgs();
  Connect(rig, second, socket, listener.address);
  EXPECT_EQ(second.error(), socket_error::kSuccess);
  EXPECT_EQ(first.error(), socket_error::kOperationAborted);
  EXPECT_EQ(send.error(), socket_error::kOperationAborted);
  EXPECT_EQ(listener.Accept().ReadAvailable(), "");
}

TEST(AddressOfAFamilyThatDoesNotExistIsReported) {
  Rig rig;
  EventArgs& args = rig.NewArgs();
  args.address().family = 99;
  EXPECT_EQ(args.Submit(NewTcp(rig), Kind::kConnect), Submission::kCompleted);
  EXPECT_EQ(args.error(), socket_error::kAddressFamilyNotSupported);
}
