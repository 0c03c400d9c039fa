// Options whose value has another form on the system: interfaces and memberships.

#include <netinet/in.h>

#include <vector>

#include "os/numbers.h"
#include "os/socket_ops.h"
#include "support/peer.h"
#include "support/test.h"

namespace {

using saea::test::Create;
using saea::test::Peer;
namespace os = saea::os;
namespace address_family = saea::os::address_family;
namespace socket_error = saea::os::socket_error;

constexpr int32_t kIp = 0;
constexpr int32_t kIpv6 = 41;
constexpr int32_t kMulticastInterface = 9;
constexpr int32_t kAddMembership = 12;
constexpr int32_t kDropMembership = 13;

Peer NewUdp() {
  return Create(address_family::kInterNetwork, os::socket_type::kDgram, os::protocol_type::kUdp);
}

Peer NewUdp6() {
  return Create(address_family::kInterNetworkV6, os::socket_type::kDgram, os::protocol_type::kUdp);
}

// Sets the ints one behind the other; the SocketError.
int32_t Set(const Peer& socket, int32_t level, int32_t name, const std::vector<int32_t>& value) {
  return os::SetOption(socket.descriptor(), level, name,
                       reinterpret_cast<const uint8_t*>(value.data()), value.size() * 4)
      .error;
}

int32_t Get(const Peer& socket, int32_t level, int32_t name) {
  int32_t value = 0;
  os::GetOption(socket.descriptor(), level, name, reinterpret_cast<uint8_t*>(&value),
                sizeof(value));
  return value;
}

}  // namespace

TEST(MulticastInterfaceIsAnAddressOrAnIndexInNetworkOrder) {
  const Peer socket = NewUdp();
  const auto loopback = static_cast<int32_t>(htonl(INADDR_LOOPBACK));
  EXPECT_EQ(Set(socket, kIp, kMulticastInterface, {loopback}), 0);
  EXPECT_EQ(Get(socket, kIp, kMulticastInterface), loopback);
  const auto first_interface = static_cast<int32_t>(htonl(1));
  EXPECT_EQ(Set(socket, kIp, kMulticastInterface, {first_interface}), 0);
  const auto no_interface = static_cast<int32_t>(htonl(0x00ffffff));
  EXPECT_NE(Set(socket, kIp, kMulticastInterface, {no_interface}), 0);
}

TEST(MembershipIsGroupThenAddressThenIndex) {
  const Peer socket = NewUdp();
  const auto group = static_cast<int32_t>(htonl(0xefff0001));
  const auto loopback = static_cast<int32_t>(htonl(INADDR_LOOPBACK));
  EXPECT_EQ(Set(socket, kIp, kAddMembership, {group, loopback, 0}), 0);
  EXPECT_EQ(Set(socket, kIp, kAddMembership, {group, loopback, 0}),
            socket_error::kAddressAlreadyInUse);
  EXPECT_EQ(Set(socket, kIp, kDropMembership, {group, loopback, 0}), 0);
  EXPECT_EQ(Set(socket, kIp, kDropMembership, {group, loopback, 0}),
            socket_error::kAddressNotAvailable);
  EXPECT_EQ(Set(socket, kIp, kAddMembership, {group, 0, 1}), 0);  // the loopback interface
  EXPECT_EQ(Set(socket, kIp, kAddMembership, {group, 0}), socket_error::kInvalidArgument);
}

TEST(Ipv6MembershipIsGroupThenIndex) {
  if (!saea::test::HasIpv6()) SKIP("no IPv6 loopback address");
  const Peer socket = NewUdp6();
  const auto first = static_cast<int32_t>(htonl(0xff010000));
  const auto last = static_cast<int32_t>(htonl(0x00000101));
  EXPECT_EQ(Set(socket, kIpv6, kAddMembership, {first, 0, 0, last, 1}), 0);
  EXPECT_EQ(Set(socket, kIpv6, kDropMembership, {first, 0, 0, last, 1}), 0);
  EXPECT_EQ(Set(socket, kIpv6, kAddMembership, {first, 0, 0, last}),
            socket_error::kInvalidArgument);
}
