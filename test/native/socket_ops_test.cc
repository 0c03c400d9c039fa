// The contract of os/socket_ops.h against real sockets, apart from options.

#include "os/socket_ops.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>

#include "os/numbers.h"
#include "support/faults.h"
#include "support/peer.h"
#include "support/test.h"

namespace {

using saea::abi::Address;
using saea::os::Description;
using saea::os::Descriptor;
using saea::os::Result;
using saea::os::Span;
using saea::test::Call;
using saea::test::CallCounter;
using saea::test::Create;
using saea::test::Faults;
using saea::test::Ipv4Loopback;
using saea::test::Ipv6Loopback;
using saea::test::MakePair;
using saea::test::Pair;
using saea::test::PairKind;
using saea::test::Peer;
namespace os = saea::os;
namespace address_family = saea::os::address_family;
namespace protocol_type = saea::os::protocol_type;
namespace socket_error = saea::os::socket_error;
namespace socket_shutdown = saea::os::socket_shutdown;
namespace socket_type = saea::os::socket_type;

constexpr int32_t kV4 = address_family::kInterNetwork;
constexpr int32_t kV6 = address_family::kInterNetworkV6;

Peer NewTcp() {
  return Create(kV4, socket_type::kStream, protocol_type::kTcp);
}

Peer NewUnix() {
  return Create(address_family::kUnix, socket_type::kStream, protocol_type::kUnspecified);
}

Span SpanOf(std::array<uint8_t, 8>& bytes, size_t length) {
  return {bytes.data(), length};
}

}  // namespace

TEST(CreatedSocketsAreWhatWasAskedFor) {
  constexpr Description kKinds[] = {
      {kV4, socket_type::kStream, protocol_type::kTcp, false},
      {kV4, socket_type::kDgram, protocol_type::kUdp, false},
      {kV6, socket_type::kStream, protocol_type::kTcp, false},
      {kV6, socket_type::kDgram, protocol_type::kUdp, false},
      {address_family::kUnix, socket_type::kStream, protocol_type::kUnspecified, false},
      {address_family::kUnix, socket_type::kDgram, protocol_type::kUnspecified, false},
      {address_family::kUnix, socket_type::kSeqpacket, protocol_type::kUnspecified, false}};
  for (const Description& kind : kKinds) {
    if (kind.family == kV6 && !saea::test::HasIpv6()) SKIP("no IPv6 loopback address");
    const Peer socket = Create(kind.family, kind.type, kind.protocol);
    Description found = {};
    EXPECT_TRUE(os::Describe(socket.descriptor(), found).ok());
    EXPECT_EQ(found.family, kind.family);
    EXPECT_EQ(found.type, kind.type);
    EXPECT_EQ(found.protocol, kind.protocol);
    EXPECT_FALSE(found.is_listening);
  }
}

TEST(UnspecifiedProtocolIsTheDefaultOfTheType) {
  Description found = {};
  const Peer stream = Create(kV4, socket_type::kStream, protocol_type::kUnspecified);
  os::Describe(stream.descriptor(), found);
  EXPECT_EQ(found.protocol, protocol_type::kTcp);
}

TEST(WhatDoesNotFitTogetherIsRefusedWithDotnetsErrors) {
  constexpr struct {
    int32_t family;
    int32_t type;
    int32_t protocol;
    int32_t error;
  } kBad[] = {
      {9999, socket_type::kStream, 0, socket_error::kAddressFamilyNotSupported},
      {kV4, 9999, 0, socket_error::kProtocolType},
      {kV4, socket_type::kStream, 9999, socket_error::kProtocolNotSupported},
      {kV4, socket_type::kStream, protocol_type::kUdp, socket_error::kProtocolNotSupported},
      {kV4, socket_type::kRdm, 0, socket_error::kSocketNotSupported},
      {kV4, socket_type::kSeqpacket, protocol_type::kTcp, socket_error::kSocketNotSupported},
      {address_family::kUnspecified, socket_type::kStream, 0,
       socket_error::kAddressFamilyNotSupported}};
  for (const auto& bad : kBad) {
    const Result created = os::Create(bad.family, bad.type, bad.protocol);
    EXPECT_EQ(created.error, bad.error);
    EXPECT_NE(created.native_error, 0);
  }
}

TEST(CreatedAndAcceptedSocketsAreNonBlockingAndClosedOnExec) {
  Address address = {};
  const Peer listener(saea::test::Listen(AF_INET, address));
  const Peer client = saea::test::ConnectTo(address);
  Address remote = {};
  const Peer accepted(static_cast<int>(os::Accept(listener.descriptor(), remote).value));
  const Peer created = NewTcp();
  for (const Peer* socket : {&accepted, &created}) {
    EXPECT_NE(fcntl(socket->descriptor(), F_GETFL) & O_NONBLOCK, 0);
    EXPECT_NE(fcntl(socket->descriptor(), F_GETFD) & FD_CLOEXEC, 0);
  }
}

TEST(AdoptMakesAForeignDescriptorFit) {
  const Peer socket(::socket(AF_INET, SOCK_STREAM, 0));
  EXPECT_TRUE(os::Adopt(socket.descriptor()).ok());
  EXPECT_NE(fcntl(socket.descriptor(), F_GETFL) & O_NONBLOCK, 0);
  EXPECT_NE(fcntl(socket.descriptor(), F_GETFD) & FD_CLOEXEC, 0);
  EXPECT_FALSE(os::Adopt(-1).ok());
}

TEST(WhatIsNoSocketIsSaidToBeNone) {
  int ends[2];
  REQUIRE_TRUE(pipe(ends) == 0);
  const Peer read_end(ends[0]);
  const Peer write_end(ends[1]);
  Description found = {};
  EXPECT_EQ(os::Describe(ends[0], found).error, socket_error::kNotSocket);
}

TEST(SocketThatCannotBePreparedIsNotLeaked) {
  REQUIRE_WRAPPED_CALLS();
  const size_t before = saea::test::OpenDescriptorCount();
  Faults faults;
  faults.Fail(Call::kSetOption, EINVAL);
  EXPECT_EQ(os::Create(kV6, socket_type::kStream, protocol_type::kTcp).error,
            socket_error::kInvalidArgument);
  EXPECT_EQ(saea::test::OpenDescriptorCount(), before);
}

TEST(CloseIsNotRepeatedWhenItIsInterrupted) {
  REQUIRE_WRAPPED_CALLS();
  Peer socket = NewTcp();
  Faults faults;
  faults.Fail(Call::kClose, EINTR);
  const CallCounter calls;
  os::Close(socket.Release());
  EXPECT_EQ(calls.of(Call::kClose), 1);
}

TEST(BoundSocketHasItsAddress) {
  for (const int32_t family : {kV4, kV6}) {
    if (family == kV6 && !saea::test::HasIpv6()) SKIP("no IPv6 loopback address");
    const Peer socket = Create(family, socket_type::kStream, protocol_type::kTcp);
    const Address wanted = family == kV4 ? Ipv4Loopback() : Ipv6Loopback();
    EXPECT_TRUE(os::Bind(socket.descriptor(), wanted).ok());
    Address found = {};
    EXPECT_TRUE(os::GetLocalAddress(socket.descriptor(), found).ok());
    EXPECT_EQ(found.family, static_cast<uint32_t>(family));
    EXPECT_NE(found.port, 0);
    EXPECT_EQ(os::GetRemoteAddress(socket.descriptor(), found).error, socket_error::kNotConnected);
    const Peer other = Create(family, socket_type::kStream, protocol_type::kTcp);
    os::Listen(socket.descriptor(), 1);
    os::GetLocalAddress(socket.descriptor(), found);
    EXPECT_EQ(os::Bind(other.descriptor(), found).error, socket_error::kAddressAlreadyInUse);
  }
}

TEST(PortWhoseConnectionsLingerCanBeBoundAgain) {
  Peer listener = NewTcp();
  os::Bind(listener.descriptor(), Ipv4Loopback());
  os::Listen(listener.descriptor(), 1);
  Address address = {};
  os::GetLocalAddress(listener.descriptor(), address);
  Peer client = saea::test::ConnectTo(address);
  Address remote = {};
  Peer accepted(static_cast<int>(os::Accept(listener.descriptor(), remote).value));
  accepted.Close();  // the side that closes first keeps the port in TIME_WAIT
  EXPECT_TRUE(client.SeesEnd());
  client.Close();
  listener.Close();
  const Peer again = NewTcp();
  EXPECT_TRUE(os::Bind(again.descriptor(), address).ok());
  EXPECT_TRUE(os::Listen(again.descriptor(), 1).ok());
}

TEST(AddressOfAnotherMachineIsNotAvailable) {
  Address foreign = Ipv4Loopback();
  foreign.bytes[0] = 192;
  foreign.bytes[2] = 2;  // 192.0.2.1, which is for documentation
  EXPECT_EQ(os::Bind(NewTcp().descriptor(), foreign).error, socket_error::kAddressNotAvailable);
}

TEST(UnixAddressesComeBack) {
  const std::string path = P_tmpdir "/" + saea::test::UniqueName();
  for (const Address& wanted :
       {saea::test::AbstractAddress(saea::test::UniqueName()), saea::test::PathAddress(path)}) {
    const Peer listener = NewUnix();
    EXPECT_TRUE(os::Bind(listener.descriptor(), wanted).ok());
    EXPECT_TRUE(os::Listen(listener.descriptor(), 1).ok());
    const Peer client = NewUnix();
    EXPECT_TRUE(os::StartConnect(client.descriptor(), wanted, false).ok());
    Address found = {};
    EXPECT_TRUE(os::GetRemoteAddress(client.descriptor(), found).ok());
    EXPECT_EQ(std::string(reinterpret_cast<char*>(found.bytes), found.length),
              std::string(reinterpret_cast<const char*>(wanted.bytes), wanted.length));
    EXPECT_TRUE(os::GetLocalAddress(client.descriptor(), found).ok());
    EXPECT_EQ(found.length, 0);  // a client has no name
    EXPECT_EQ(os::Bind(NewUnix().descriptor(), wanted).error, socket_error::kAddressAlreadyInUse);
  }
  unlink(path.c_str());
  EXPECT_EQ(os::StartConnect(NewUnix().descriptor(), saea::test::PathAddress(path), false).error,
            socket_error::kAddressNotAvailable);
}

TEST(ListenTellsDescribeAndRefusesDatagrams) {
  const Peer socket = NewTcp();
  os::Bind(socket.descriptor(), Ipv4Loopback());
  EXPECT_TRUE(os::Listen(socket.descriptor(), INT32_MAX).ok());
  Description found = {};
  os::Describe(socket.descriptor(), found);
  EXPECT_TRUE(found.is_listening);
  const Peer datagram = Create(kV4, socket_type::kDgram, protocol_type::kUdp);
  EXPECT_EQ(os::Listen(datagram.descriptor(), 1).error, socket_error::kOperationNotSupported);
}

TEST(ConnectThatGoesOnIsInProgressHoweverOftenOneAsks) {
  const saea::test::FullListener listener;
  const Peer socket = NewTcp();
  EXPECT_EQ(os::StartConnect(socket.descriptor(), listener.address(), false).error,
            socket_error::kInProgress);
  EXPECT_EQ(os::FinishConnect(socket.descriptor()).error, socket_error::kInProgress);
  EXPECT_EQ(os::FinishConnect(socket.descriptor()).error, socket_error::kInProgress);
}

TEST(ConnectWhoseErrorWasTakenIsNoSuccess) {
  const Peer socket = NewTcp();
  const Result started =
      os::StartConnect(socket.descriptor(), saea::test::RefusingAddress(), false);
  REQUIRE_TRUE(started.error == socket_error::kInProgress);
  std::array<uint8_t, 8> bytes;
  EXPECT_EQ(os::Receive(socket.descriptor(), SpanOf(bytes, 1), 0).error,
            socket_error::kConnectionRefused);
  EXPECT_EQ(os::FinishConnect(socket.descriptor()).error, socket_error::kConnectionAborted);
}

TEST(AvailableCountsWhatCanBeRead) {
  Pair pair = MakePair(PairKind::kUnixStream);
  const Peer ours(pair.ours);
  EXPECT_EQ(os::GetAvailable(pair.ours).value, 0);
  pair.theirs.Write("hello");
  EXPECT_EQ(os::GetAvailable(pair.ours).value, 5);
  EXPECT_EQ(os::GetAvailable(-1).error, socket_error::kOperationAborted);
}

TEST(AwaitReadableTakesNothing) {
  Pair pair = MakePair(PairKind::kUnixStream);
  const Peer ours(pair.ours);
  EXPECT_TRUE(os::AwaitReadable(pair.ours).would_block());
  pair.theirs.Write("x");
  EXPECT_TRUE(os::AwaitReadable(pair.ours).ok());
  std::array<uint8_t, 8> bytes;
  EXPECT_EQ(os::Receive(pair.ours, SpanOf(bytes, 8), 0).value, 1);
  pair.theirs.Close();
  EXPECT_TRUE(os::AwaitReadable(pair.ours).ok());
}

TEST(ShutdownTakesDotnetsThreeWays) {
  for (const int32_t how : {socket_shutdown::kSend, socket_shutdown::kBoth}) {
    Pair pair = MakePair(PairKind::kTcp4);
    const Peer ours(pair.ours);
    EXPECT_TRUE(os::Shutdown(pair.ours, how).ok());
    EXPECT_TRUE(pair.theirs.SeesEnd());
  }
  Pair pair = MakePair(PairKind::kTcp4);
  Peer ours(pair.ours);
  EXPECT_TRUE(os::Shutdown(pair.ours, socket_shutdown::kReceive).ok());
  EXPECT_TRUE(ours.SeesEnd());
  EXPECT_EQ(os::Shutdown(pair.ours, 3).error, socket_error::kInvalidArgument);
  EXPECT_EQ(os::Shutdown(NewTcp().descriptor(), socket_shutdown::kBoth).error,
            socket_error::kNotConnected);
}
