// A fresh socket in place of an old one has what the user has set, and nothing else.

#include <sys/socket.h>

#include <string>

#include "os/numbers.h"
#include "os/socket_ops.h"
#include "support/faults.h"
#include "support/peer.h"
#include "support/test.h"

namespace {

using saea::os::Description;
using saea::os::Result;
using saea::test::Call;
using saea::test::Create;
using saea::test::Faults;
using saea::test::Pair;
using saea::test::PairKind;
using saea::test::Peer;
namespace os = saea::os;
namespace address_family = saea::os::address_family;
namespace protocol_type = saea::os::protocol_type;
namespace socket_error = saea::os::socket_error;
namespace socket_type = saea::os::socket_type;

struct Option {
  int32_t level;
  int32_t name;
  int32_t value;  // as it is set
};

constexpr int32_t kSocketLevel = 0xffff;
constexpr int32_t kSendBuffer = 0x1001;
constexpr int32_t kReceiveBuffer = 0x1002;

// All that .NET carries over, with values that are nobody's defaults.
constexpr Option kOptions[] = {
    {kSocketLevel, 0x0004, 1},              // ReuseAddress
    {kSocketLevel, 0x0008, 1},              // KeepAlive
    {kSocketLevel, 0x0010, 1},              // DontRoute
    {kSocketLevel, 0x0020, 1},              // Broadcast
    {kSocketLevel, 0x0100, 1},              // OutOfBandInline
    {kSocketLevel, kSendBuffer, 10000},     //
    {kSocketLevel, kReceiveBuffer, 12000},  //
    {kSocketLevel, 0x1004, 3},              // ReceiveLowWater
    {kSocketLevel, 0x1005, 4000},           // SendTimeout
    {kSocketLevel, 0x1006, 5000},           // ReceiveTimeout
    {0, 3, 8},                              // TypeOfService
    {0, 4, 99},                             // IpTimeToLive
    {0, 14, 1},                             // DontFragment
    {6, 1, 1},                              // NoDelay
    {6, 3, 111},                            // TcpKeepAliveTime
    {6, 15, 1},                             // FastOpen
    {6, 16, 4},                             // TcpKeepAliveRetryCount
    {6, 17, 22},                            // TcpKeepAliveInterval
#ifdef __linux__
    {6, 0x10003, 3333},  // TcpUserTimeout
#endif
};

Peer Like(const Peer& socket) {
  const Result created = os::CreateLike(socket.descriptor());
  EXPECT_TRUE(created.ok());
  return Peer(created.ok() ? static_cast<int>(created.value) : -1);
}

bool Set(const Peer& socket, const Option& option) {
  return os::SetOption(socket.descriptor(), option.level, option.name,
                       reinterpret_cast<const uint8_t*>(&option.value), sizeof(option.value))
      .ok();
}

int32_t Get(const Peer& socket, int32_t level, int32_t name) {
  int32_t value = INT32_MIN;
  os::GetOption(socket.descriptor(), level, name, reinterpret_cast<uint8_t*>(&value),
                sizeof(value));
  return value;
}

}  // namespace

TEST(FreshSocketIsOfTheSameKind) {
  constexpr Description kKinds[] = {
      {address_family::kInterNetwork, socket_type::kStream, protocol_type::kTcp, false},
      {address_family::kInterNetwork, socket_type::kDgram, protocol_type::kUdp, false},
      {address_family::kInterNetworkV6, socket_type::kStream, protocol_type::kTcp, false},
      {address_family::kUnix, socket_type::kSeqpacket, protocol_type::kUnspecified, false}};
  for (const Description& kind : kKinds) {
    if (kind.family == address_family::kInterNetworkV6 && !saea::test::HasIpv6()) {
      SKIP("no IPv6 loopback address");
    }
    Description found = {};
    os::Describe(Like(Create(kind.family, kind.type, kind.protocol)).descriptor(), found);
    EXPECT_EQ(found.family, kind.family);
    EXPECT_EQ(found.type, kind.type);
    EXPECT_EQ(found.protocol, kind.protocol);
  }
}

#ifdef SO_BINDTODEVICE
TEST(FreshSocketIsBoundToTheSameDevice) {
  const Peer old = Create(address_family::kInterNetwork, socket_type::kStream, protocol_type::kTcp);
  EXPECT_EQ(setsockopt(old.descriptor(), SOL_SOCKET, SO_BINDTODEVICE, "lo", 3), 0);
  char name[16] = {};
  socklen_t length = sizeof(name);
  const Peer fresh = Like(old);
  EXPECT_EQ(getsockopt(fresh.descriptor(), SOL_SOCKET, SO_BINDTODEVICE, name, &length), 0);
  EXPECT_EQ(std::string(name), "lo");
}
#endif

TEST(FreshSocketHasTheOptionsOfTheOldOne) {
  const Peer old = Create(address_family::kInterNetwork, socket_type::kStream, protocol_type::kTcp);
  for (const Option& option : kOptions) EXPECT_TRUE(Set(old, option));
  const Peer fresh = Like(old);
  for (const Option& option : kOptions) {
    EXPECT_EQ(Get(fresh, option.level, option.name), Get(old, option.level, option.name));
  }
  const Peer again = Like(fresh);  // nothing grows from copy to copy
  for (const Option& option : kOptions) {
    EXPECT_EQ(Get(again, option.level, option.name), Get(old, option.level, option.name));
  }
}

TEST(FreshSocketLingersAsTheOldOne) {
  const Peer old = Create(address_family::kInterNetwork, socket_type::kStream, protocol_type::kTcp);
  const int32_t wanted[2] = {1, 9};
  constexpr int32_t kLinger = 0x0080;
  os::SetOption(old.descriptor(), kSocketLevel, kLinger, reinterpret_cast<const uint8_t*>(wanted),
                sizeof(wanted));
  int32_t found[2] = {};
  os::GetOption(Like(old).descriptor(), kSocketLevel, kLinger, reinterpret_cast<uint8_t*>(found),
                sizeof(found));
  EXPECT_EQ(found[0], 1);
  EXPECT_EQ(found[1], 9);
}

TEST(FreshSocketKeepsDualMode) {
  if (!saea::test::HasIpv6()) SKIP("no IPv6 loopback address");
  constexpr int32_t kIpv6Level = 41;
  constexpr int32_t kIpv6Only = 27;
  const Peer old =
      Create(address_family::kInterNetworkV6, socket_type::kStream, protocol_type::kTcp);
  EXPECT_EQ(Get(Like(old), kIpv6Level, kIpv6Only), 1);
  Set(old, {kIpv6Level, kIpv6Only, 0});
  EXPECT_EQ(Get(Like(old), kIpv6Level, kIpv6Only), 0);
}

TEST(FreshSocketHasDefaultsWhereTheUserHasSetNothing) {
  const Peer plain =
      Create(address_family::kInterNetwork, socket_type::kStream, protocol_type::kTcp);
  Pair pair = saea::test::MakePair(PairKind::kTcp4);
  Peer used(pair.ours);
  // The system grows the buffers of a connection that is used much.
  constexpr size_t kMuch = 4 << 20;
  for (int round = 0; round < 8; ++round) {
    for (size_t moved = 0; moved < kMuch;) {
      const std::string bytes = saea::test::Pattern(1 << 16);
      pair.theirs.Write(bytes);
      moved += used.Read(bytes.size()).size();
    }
  }
  EXPECT_GT(Get(used, kSocketLevel, kReceiveBuffer), Get(plain, kSocketLevel, kReceiveBuffer));
  const Peer fresh = Like(used);
  EXPECT_EQ(Get(fresh, kSocketLevel, kReceiveBuffer), Get(plain, kSocketLevel, kReceiveBuffer));
  EXPECT_EQ(Get(fresh, kSocketLevel, kSendBuffer), Get(plain, kSocketLevel, kSendBuffer));
}

TEST(OptionThatCannotBeCopiedIsLeftAtItsDefault) {
  REQUIRE_WRAPPED_CALLS();
  const Peer old = Create(address_family::kInterNetwork, socket_type::kStream, protocol_type::kTcp);
  for (const Option& option : kOptions) Set(old, option);
  Faults faults;
  faults.Fail(Call::kSetOption, EINVAL, 1000);
  const Peer fresh = Like(old);
  EXPECT_EQ(Get(fresh, 6, 1), 0);
}

TEST(SocketThatCannotBeHadIsAnError) {
  REQUIRE_WRAPPED_CALLS();
  const Peer old = Create(address_family::kInterNetwork, socket_type::kStream, protocol_type::kTcp);
  Faults faults;
  faults.Fail(Call::kSocket, EMFILE);
  EXPECT_EQ(os::CreateLike(old.descriptor()).error, socket_error::kTooManyOpenSockets);
  EXPECT_FALSE(os::CreateLike(-1).ok());
}
