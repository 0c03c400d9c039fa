// Options as bytes in the system's form, and as the system's numbers.

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

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

using Bytes = std::vector<uint8_t>;

constexpr int32_t kSocket = 0xffff;
constexpr int32_t kIp = 0;
constexpr int32_t kIpv6 = 41;
constexpr int32_t kReuseAddress = 0x0004;
constexpr int32_t kExclusiveAddressUse = ~0x0004;
constexpr int32_t kDontLinger = ~0x0080;
constexpr int32_t kSendBuffer = 0x1001;
constexpr int32_t kReceiveTimeout = 0x1006;
constexpr int32_t kError = 0x1007;
constexpr int32_t kType = 0x1008;
constexpr int32_t kAddMembership = 12;
constexpr int32_t kDontFragment = 14;

Peer NewUdp() {
  return Create(address_family::kInterNetwork, socket_type::kDgram, protocol_type::kUdp);
}

Peer NewUdp6() {
  return Create(address_family::kInterNetworkV6, socket_type::kDgram, protocol_type::kUdp);
}

int32_t Set(const Peer& socket, int32_t level, int32_t name, const Bytes& value) {
  return os::SetOptionBytes(socket.descriptor(), level, name, value.data(), value.size()).error;
}

Result Get(const Peer& socket, int32_t level, int32_t name, Bytes& value) {
  return os::GetOptionBytes(socket.descriptor(), level, name, value.data(), value.size());
}

int32_t GetError(const Peer& socket, int32_t level, int32_t name, size_t length) {
  Bytes value(length);
  return Get(socket, level, name, value).error;
}

int64_t GetLength(const Peer& socket, int32_t level, int32_t name, size_t length) {
  Bytes value(length);
  return Get(socket, level, name, value).value;
}

}  // namespace

TEST(BytesPassInTheFormOfTheSystem) {
  const Peer socket = NewUdp();
  timeval time = {2, 500000};
  Bytes value(sizeof(time));
  std::memcpy(value.data(), &time, sizeof(time));
  EXPECT_EQ(Set(socket, kSocket, kReceiveTimeout, value), 0);
  Bytes got(sizeof(time));
  EXPECT_EQ(Get(socket, kSocket, kReceiveTimeout, got).value, sizeof(time));
  EXPECT_TRUE(got == value);
  // A membership is the system's pair of addresses, not .NET's option.
  const Bytes membership = {224, 1, 2, 3, 127, 0, 0, 1};
  EXPECT_EQ(Set(socket, kIp, kAddMembership, membership), 0);
  EXPECT_EQ(Set(socket, kIp, kAddMembership, membership), socket_error::kAddressAlreadyInUse);
}

TEST(BytesAreCutToTheRoomThereIs) {
  const Peer socket = NewUdp();
  for (const int32_t name : {kSendBuffer, kError, kType}) {
    for (const size_t length : {0, 1, 2, 4}) {
      EXPECT_EQ(GetLength(socket, kSocket, name, length), length);
    }
    EXPECT_EQ(GetLength(socket, kSocket, name, 9), 4);
  }
}

TEST(NoBytesAreAFault) {
  const Peer socket = NewUdp();
  EXPECT_EQ(Set(socket, kSocket, kSendBuffer, {}), socket_error::kFault);
  EXPECT_EQ(Set(socket, kSocket, kDontLinger, {}), socket_error::kFault);
  EXPECT_EQ(os::SetRawOption(socket.descriptor(), SOL_SOCKET, SO_SNDBUF, nullptr, 0).error,
            socket_error::kFault);
}

TEST(SharedAddressIsDotnetsInBytesToo) {
  const Peer socket = NewUdp();
  EXPECT_EQ(Set(socket, kSocket, kReuseAddress, {1, 0, 0, 0}), 0);
  Bytes value(4);
  EXPECT_EQ(Get(socket, kSocket, kExclusiveAddressUse, value).value, 4);
  EXPECT_EQ(value[0], 0);
  for (const size_t length : {0, 2, 8}) {
    EXPECT_EQ(GetError(socket, kSocket, kReuseAddress, length), socket_error::kInvalidArgument);
    EXPECT_EQ(length == 0 ? socket_error::kInvalidArgument
                          : Set(socket, kSocket, kReuseAddress, Bytes(length)),
              socket_error::kInvalidArgument);
  }
}

#ifdef IP_MTU_DISCOVER
TEST(DontFragmentIsDotnetsInBytesToo) {
  const Peer socket = NewUdp();
  for (const Bytes& on : {Bytes{1}, Bytes{1, 0, 0, 0}, Bytes{1, 0, 0, 0, 0, 0, 0, 0}}) {
    EXPECT_EQ(Set(socket, kIp, kDontFragment, {0, 0, 0, 0}), 0);
    EXPECT_EQ(Set(socket, kIp, kDontFragment, on), 0);
    Bytes value(8, 9);
    EXPECT_EQ(Get(socket, kIp, kDontFragment, value).value, 4);
    EXPECT_TRUE((value == Bytes{1, 0, 0, 0, 9, 9, 9, 9}));
  }
  EXPECT_EQ(GetLength(socket, kIp, kDontFragment, 0), 0);
}
#endif

TEST(UnknownOptionsAndIpv6MembershipsHaveNoBytes) {
  const Peer socket = NewUdp6();
  for (const auto& [level, name] : std::vector<std::pair<int32_t, int32_t>>{
           {kSocket, kDontLinger}, {kIpv6, kAddMembership}, {9999, 1}}) {
    EXPECT_EQ(Set(socket, level, name, Bytes(20)), socket_error::kOperationNotSupported);
    EXPECT_EQ(GetError(socket, level, name, 20), socket_error::kOperationNotSupported);
  }
}

#ifdef TCP_USER_TIMEOUT
TEST(OptionsWithoutANameInDotnetHaveNumbersOfOurOwn) {
  const Peer socket =
      Create(address_family::kInterNetwork, socket_type::kStream, protocol_type::kTcp);
  const int32_t timeout_ms = 4321;
  uint8_t value[4];
  std::memcpy(value, &timeout_ms, sizeof(value));
  EXPECT_TRUE(os::SetOption(socket.descriptor(), 6, 0x10003, value, sizeof(value)).ok());
  int system = 0;
  socklen_t length = sizeof(system);
  getsockopt(static_cast<int>(socket.descriptor()), IPPROTO_TCP, TCP_USER_TIMEOUT, &system,
             &length);
  EXPECT_EQ(system, timeout_ms);
}
#endif
