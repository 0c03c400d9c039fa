// Options by .NET's level and name: what is set comes back, in .NET's form.

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cstring>
#include <vector>

#include "os/numbers.h"
#include "os/socket_ops.h"
#include "support/peer.h"
#include "support/test.h"

namespace {

using saea::os::Result;
using saea::test::Create;
using saea::test::Peer;
namespace os = saea::os;
namespace address_family = saea::os::address_family;
namespace protocol_type = saea::os::protocol_type;
namespace socket_error = saea::os::socket_error;
namespace socket_type = saea::os::socket_type;

// SocketOptionLevel and SocketOptionName, as far as they are named below.
constexpr int32_t kSocket = 0xffff;
constexpr int32_t kIp = 0;
constexpr int32_t kIpv6 = 41;
constexpr int32_t kTcp = 6;
constexpr int32_t kUdp = 17;
constexpr int32_t kReuseAddress = 0x0004;
constexpr int32_t kExclusiveAddressUse = ~0x0004;
constexpr int32_t kLinger = 0x0080;
constexpr int32_t kSendTimeout = 0x1005;
constexpr int32_t kReceiveTimeout = 0x1006;
constexpr int32_t kError = 0x1007;
constexpr int32_t kType = 0x1008;
constexpr int32_t kAddMembership = 12;
constexpr int32_t kDontFragment = 14;
constexpr int32_t kHopLimit = 21;
constexpr int32_t kIpv6Only = 27;

Peer NewTcp() {
  return Create(address_family::kInterNetwork, socket_type::kStream, protocol_type::kTcp);
}

Peer NewUdp() {
  return Create(address_family::kInterNetwork, socket_type::kDgram, protocol_type::kUdp);
}

Peer NewUdp6() {
  return Create(address_family::kInterNetworkV6, socket_type::kDgram, protocol_type::kUdp);
}

// Sets the ints one behind the other; the SocketError.
int32_t Set(const Peer& socket, int32_t level, int32_t name, const std::vector<int32_t>& value) {
  return os::SetOption(socket.descriptor(), level, name,
                       reinterpret_cast<const uint8_t*>(value.data()), value.size() * 4)
      .error;
}

// The int, or what no option has.
int32_t Get(const Peer& socket, int32_t level, int32_t name) {
  int32_t value = 0;
  const Result got = os::GetOption(socket.descriptor(), level, name,
                                   reinterpret_cast<uint8_t*>(&value), sizeof(value));
  return got.ok() ? value : INT32_MIN;
}

int32_t GetError(const Peer& socket, int32_t level, int32_t name) {
  uint8_t value[64];
  return os::GetOption(socket.descriptor(), level, name, value, sizeof(value)).error;
}

int SystemOption(const Peer& socket, int level, int name) {
  int value = -1;
  socklen_t length = sizeof(value);
  getsockopt(socket.descriptor(), level, name, &value, &length);
  return value;
}

struct Row {
  int32_t level;
  int32_t name;
  int32_t value;
  int32_t comes_back;
};

void ExpectRows(const Peer& socket, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(Set(socket, row.level, row.name, {row.value}), socket_error::kSuccess);
    EXPECT_EQ(Get(socket, row.level, row.name), row.comes_back);
  }
}

}  // namespace

TEST(IntegersComeBackAsTheyWereSet) {
  ExpectRows(NewTcp(), {{kSocket, 0x0008, 1, 1},  // KeepAlive
                        {kSocket, 0x0010, 1, 1},  // DontRoute
                        {kSocket, 0x0100, 1, 1},  // OutOfBandInline
                        {kSocket, 0x1004, 7, 7},  // ReceiveLowWater
                        {kIp, 3, 16, 16},         // TypeOfService
                        {kIp, 4, 42, 42},         // IpTimeToLive
                        {kIp, 19, 1, 1},          // PacketInformation
                        {kTcp, 1, 1, 1},          // NoDelay
                        {kTcp, 3, 100, 100},      // TcpKeepAliveTime
                        {kTcp, 15, 1, 1},         // FastOpen
                        {kTcp, 16, 5, 5},         // TcpKeepAliveRetryCount
                        {kTcp, 17, 20, 20}});     // TcpKeepAliveInterval
  ExpectRows(NewUdp(), {{kSocket, 0x0020, 1, 1},  // Broadcast
                        {kIp, 10, 9, 9},          // MulticastTimeToLive
                        {kIp, 11, 0, 0}});        // MulticastLoopback
  if (!saea::test::HasIpv6()) SKIP("no IPv6 loopback address");
  ExpectRows(NewUdp6(), {{kIpv6, 4, 33, 33},  // IpTimeToLive
                         {kIpv6, 10, 8, 8},   // MulticastTimeToLive
                         {kIpv6, 11, 0, 0},   // MulticastLoopback
                         {kIpv6, 19, 1, 1},   // PacketInformation
                         {kIpv6, kIpv6Only, 0, 0}});
}

TEST(BufferSizesComeBackAsTheSystemCountsThem) {
#ifdef __linux__
  ExpectRows(NewTcp(), {{kSocket, 0x1001, 8192, 16384}, {kSocket, 0x1002, 8192, 16384}});
#else
  ExpectRows(NewTcp(), {{kSocket, 0x1001, 8192, 8192}, {kSocket, 0x1002, 8192, 8192}});
#endif
}

TEST(Ipv6SocketStartsWithoutDualMode) {
  if (!saea::test::HasIpv6()) SKIP("no IPv6 loopback address");
  EXPECT_EQ(Get(NewUdp6(), kIpv6, kIpv6Only), 1);
}

TEST(SharedAddressIsBothOptionsAndTheInverseOfExclusive) {
  const Peer socket = NewTcp();
  EXPECT_EQ(Get(socket, kSocket, kReuseAddress), 0);
  EXPECT_EQ(Get(socket, kSocket, kExclusiveAddressUse), 1);
  EXPECT_EQ(Set(socket, kSocket, kReuseAddress, {2}), 0);
  EXPECT_EQ(SystemOption(socket, SOL_SOCKET, SO_REUSEADDR), 1);
  EXPECT_NE(SystemOption(socket, SOL_SOCKET, SO_REUSEPORT), 0);
  EXPECT_EQ(Get(socket, kSocket, kReuseAddress), 1);
  EXPECT_EQ(Get(socket, kSocket, kExclusiveAddressUse), 0);
  EXPECT_EQ(Set(socket, kSocket, kExclusiveAddressUse, {1}), 0);
  EXPECT_EQ(SystemOption(socket, SOL_SOCKET, SO_REUSEADDR), 0);
  EXPECT_EQ(Get(socket, kSocket, kReuseAddress), 0);
  EXPECT_EQ(Set(socket, kSocket, kExclusiveAddressUse, {0}), 0);
  EXPECT_EQ(Get(socket, kSocket, kReuseAddress), 1);
  EXPECT_EQ(Set(socket, kSocket, kExclusiveAddressUse, {2}), socket_error::kInvalidArgument);
  EXPECT_EQ(Set(socket, kSocket, kReuseAddress, {1, 1}), socket_error::kInvalidArgument);
}

TEST(BindDoesNotMakeAnAddressShared) {
  const Peer socket = NewTcp();
  os::Bind(socket.descriptor(), saea::test::Ipv4Loopback());
  EXPECT_EQ(Get(socket, kSocket, kReuseAddress), 0);
  EXPECT_EQ(Get(socket, kSocket, kExclusiveAddressUse), 1);
}

TEST(LingerIsTwoIntegers) {
  const Peer socket = NewTcp();
  EXPECT_EQ(Set(socket, kSocket, kLinger, {1, 10}), 0);
  int32_t value[2] = {};
  EXPECT_EQ(os::GetOption(socket.descriptor(), kSocket, kLinger, reinterpret_cast<uint8_t*>(value),
                          sizeof(value))
                .value,
            8);
  EXPECT_EQ(value[0], 1);
  EXPECT_EQ(value[1], 10);
  EXPECT_EQ(Set(socket, kSocket, kLinger, {1}), socket_error::kInvalidArgument);
}

TEST(TimeoutsAreMilliseconds) {
  const Peer socket = NewTcp();
  for (const int32_t name : {kSendTimeout, kReceiveTimeout}) {
    EXPECT_EQ(Get(socket, kSocket, name), 0);
    EXPECT_EQ(Set(socket, kSocket, name, {123000}), 0);  // whole seconds, which no clock rounds
    EXPECT_EQ(Get(socket, kSocket, name), 123000);
    EXPECT_EQ(Set(socket, kSocket, name, {500}), 0);
    EXPECT_GE(Get(socket, kSocket, name), 500);
    EXPECT_LT(Get(socket, kSocket, name), 520);
    EXPECT_EQ(Set(socket, kSocket, name, {-5}), socket_error::kInvalidArgument);
  }
}

TEST(ErrorIsDotnetsNumberAndIsTaken) {
  saea::test::Pair pair = saea::test::MakePair(saea::test::PairKind::kTcp4);
  Peer ours(pair.ours);
  EXPECT_EQ(Get(ours, kSocket, kError), 0);
  pair.theirs.Reset();
  EXPECT_TRUE(ours.SeesReset());
  EXPECT_EQ(Get(ours, kSocket, kError), socket_error::kConnectionReset);
  EXPECT_EQ(Get(ours, kSocket, kError), 0);
}

TEST(TypeIsDotnetsNumberAndCannotBeSet) {
  EXPECT_EQ(Get(NewUdp(), kSocket, kType), socket_type::kDgram);
  EXPECT_EQ(Set(NewUdp(), kSocket, kType, {1}), socket_error::kProtocolOption);
  EXPECT_EQ(Set(NewUdp(), kSocket, kError, {1}), socket_error::kProtocolOption);
}

#ifdef IP_MTU_DISCOVER
TEST(DontFragmentIsAModeOfPathDiscovery) {
  const Peer socket = NewUdp();
  EXPECT_EQ(Get(socket, kIp, kDontFragment), 0);
  EXPECT_EQ(Set(socket, kIp, kDontFragment, {1}), 0);
  EXPECT_EQ(SystemOption(socket, IPPROTO_IP, IP_MTU_DISCOVER), IP_PMTUDISC_DO);
  EXPECT_EQ(Get(socket, kIp, kDontFragment), 1);
  EXPECT_EQ(Set(socket, kIp, kDontFragment, {0}), 0);
  EXPECT_EQ(SystemOption(socket, IPPROTO_IP, IP_MTU_DISCOVER), IP_PMTUDISC_DONT);
}
#endif

TEST(OptionThatUnixDoesNotHaveIsNotSupported) {
  const Peer socket = NewTcp();
  for (const auto& [level, name] : std::vector<std::pair<int32_t, int32_t>>{{kSocket, 0x0040},
                                                                            {kSocket, ~0x0080},
                                                                            {kSocket, 0x3007},
                                                                            {kSocket, INT32_MAX},
                                                                            {kIpv6, 23},
                                                                            {kTcp, 2},
                                                                            {kUdp, 1},
                                                                            {kUdp, 20},
                                                                            {9999, 1}}) {
    EXPECT_EQ(Set(socket, level, name, {1}), socket_error::kOperationNotSupported);
    EXPECT_EQ(GetError(socket, level, name), socket_error::kOperationNotSupported);
  }
}

TEST(OptionThatTheSystemRefusesIsProtocolOption) {
  EXPECT_EQ(Set(NewTcp(), kSocket, 0x1003, {5}), socket_error::kProtocolOption);  // SendLowWater
  EXPECT_EQ(GetError(NewTcp(), kIp, kAddMembership), socket_error::kProtocolOption);
#ifdef __linux__
  EXPECT_EQ(Set(NewUdp6(), kIpv6, kHopLimit, {1}), socket_error::kProtocolOption);
#endif
}

TEST(LengthIsCheckedBeforeTheValueIsRead) {
  const Peer socket = NewUdp();
  for (const int32_t name : {kReuseAddress, kExclusiveAddressUse, kSendTimeout}) {
    EXPECT_EQ(Set(socket, kSocket, name, {}), socket_error::kInvalidArgument);
  }
  const uint8_t ttl = 7;
  EXPECT_TRUE(os::SetOption(socket.descriptor(), kIp, 4, &ttl, 1).ok());  // the system takes a byte
  EXPECT_EQ(Get(socket, kIp, 4), 7);
  uint8_t small[2];
  for (const int32_t name : {kReuseAddress, kSendTimeout, kError, kType}) {
    EXPECT_FALSE(os::GetOption(socket.descriptor(), kSocket, name, small, sizeof(small)).ok());
  }
}

TEST(RawOptionsAreTheSystemsNumbers) {
  const Peer socket = NewTcp();
  const int on = 1;
  EXPECT_TRUE(os::SetRawOption(socket.descriptor(), IPPROTO_TCP, TCP_NODELAY,
                               reinterpret_cast<const uint8_t*>(&on), sizeof(on))
                  .ok());
  EXPECT_NE(Get(socket, kTcp, 1), 0);
  uint8_t value[8] = {};
  EXPECT_EQ(
      os::GetRawOption(socket.descriptor(), IPPROTO_TCP, TCP_NODELAY, value, sizeof(value)).value,
      4);
  EXPECT_FALSE(os::GetRawOption(socket.descriptor(), 9999, 1, value, sizeof(value)).ok());
}
