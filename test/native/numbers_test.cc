// .NET's families, types, protocols and flags, and the system's.

#include "os/numbers.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "os/address.h"
#include "support/test.h"

namespace {

using saea::os::FromSystemFamily;
using saea::os::FromSystemFlags;
using saea::os::FromSystemProtocol;
using saea::os::FromSystemType;
using saea::os::SystemSocket;
using saea::os::ToSystemFamily;
using saea::os::ToSystemFlags;
using saea::os::ToSystemSocket;
namespace address_family = saea::os::address_family;
namespace protocol_type = saea::os::protocol_type;
namespace socket_flags = saea::os::socket_flags;
namespace socket_type = saea::os::socket_type;

constexpr int32_t kNoSuchNumber = 9999;

// The system's protocol, or minus the error.
int Protocol(int32_t family, int32_t protocol) {
  SystemSocket system = {};
  const int error = ToSystemSocket(family, socket_type::kStream, protocol, system);
  return error == 0 ? system.protocol : -error;
}

}  // namespace

TEST(FamiliesAreTranslatedBothWays) {
  constexpr struct {
    int32_t family;
    int system;
  } kFamilies[] = {
      {address_family::kUnspecified, AF_UNSPEC},
      {address_family::kUnix, AF_UNIX},
      {address_family::kInterNetwork, AF_INET},
      {address_family::kInterNetworkV6, AF_INET6},
#ifdef AF_PACKET
      {address_family::kPacket, AF_PACKET},
#endif
#ifdef AF_CAN
      {address_family::kControllerAreaNetwork, AF_CAN},
#endif
  };
  for (const auto& each : kFamilies) {
    EXPECT_EQ(ToSystemFamily(each.family), each.system);
    EXPECT_EQ(FromSystemFamily(each.system), each.family);
  }
  EXPECT_EQ(ToSystemFamily(kNoSuchNumber), -1);
  EXPECT_EQ(ToSystemFamily(10), -1);  // what Linux calls IPv6 is not what .NET calls it
  EXPECT_EQ(FromSystemFamily(kNoSuchNumber), address_family::kUnknown);
}

TEST(TypesAreTranslatedBothWays) {
  constexpr struct {
    int32_t type;
    int system;
  } kTypes[] = {{socket_type::kStream, SOCK_STREAM},
                {socket_type::kDgram, SOCK_DGRAM},
                {socket_type::kRaw, SOCK_RAW},
                {socket_type::kRdm, SOCK_RDM},
                {socket_type::kSeqpacket, SOCK_SEQPACKET}};
  for (const auto& each : kTypes) {
    SystemSocket system = {};
    EXPECT_EQ(ToSystemSocket(address_family::kUnix, each.type, 0, system), 0);
    EXPECT_EQ(system.type, each.system);
    EXPECT_EQ(FromSystemType(each.system), each.type);
  }
  EXPECT_EQ(FromSystemType(kNoSuchNumber), socket_type::kUnknown);
}

TEST(FamilyIsCheckedBeforeTypeAndTypeBeforeProtocol) {
  SystemSocket system = {};
  EXPECT_EQ(ToSystemSocket(kNoSuchNumber, kNoSuchNumber, kNoSuchNumber, system), EAFNOSUPPORT);
  EXPECT_EQ(ToSystemSocket(address_family::kUnknown, socket_type::kStream, 0, system),
            EAFNOSUPPORT);
  EXPECT_EQ(ToSystemSocket(address_family::kUnix, kNoSuchNumber, kNoSuchNumber, system),
            EPROTOTYPE);
  EXPECT_EQ(ToSystemSocket(address_family::kUnix, socket_type::kUnknown, 0, system), EPROTOTYPE);
  EXPECT_EQ(ToSystemSocket(address_family::kUnix, socket_type::kStream, kNoSuchNumber, system),
            EPROTONOSUPPORT);
}

TEST(ProtocolsThatAFamilyTakesAreTranslated) {
  constexpr struct {
    int32_t family;
    int32_t protocol;
    int system;
  } kProtocols[] = {
      {address_family::kInterNetwork, protocol_type::kUnspecified, 0},
      {address_family::kInterNetwork, protocol_type::kIcmp, IPPROTO_ICMP},
      {address_family::kInterNetwork, protocol_type::kTcp, IPPROTO_TCP},
      {address_family::kInterNetwork, protocol_type::kUdp, IPPROTO_UDP},
      {address_family::kInterNetwork, protocol_type::kIgmp, IPPROTO_IGMP},
      {address_family::kInterNetwork, protocol_type::kRaw, IPPROTO_RAW},
      {address_family::kInterNetworkV6, protocol_type::kUnspecified, 0},
      {address_family::kInterNetworkV6, protocol_type::kIcmpV6, IPPROTO_ICMPV6},
      {address_family::kInterNetworkV6, protocol_type::kTcp, IPPROTO_TCP},
      {address_family::kInterNetworkV6, protocol_type::kUdp, IPPROTO_UDP},
      {address_family::kInterNetworkV6, protocol_type::kIgmp, IPPROTO_IGMP},
      {address_family::kInterNetworkV6, protocol_type::kRaw, IPPROTO_RAW},
      {address_family::kInterNetworkV6, protocol_type::kIpv6DestinationOptions, IPPROTO_DSTOPTS},
      {address_family::kInterNetworkV6, protocol_type::kIpv6NoNextHeader, IPPROTO_NONE},
      {address_family::kInterNetworkV6, protocol_type::kIpv6RoutingHeader, IPPROTO_ROUTING},
      {address_family::kInterNetworkV6, protocol_type::kIpv6FragmentHeader, IPPROTO_FRAGMENT},
      {address_family::kUnix, protocol_type::kUnspecified, 0},
  };
  for (const auto& each : kProtocols) {
    EXPECT_EQ(Protocol(each.family, each.protocol), each.system);
    EXPECT_EQ(FromSystemProtocol(ToSystemFamily(each.family), each.system), each.protocol);
  }
  // Both names of ICMP are accepted there; one comes back.
  EXPECT_EQ(Protocol(address_family::kInterNetworkV6, protocol_type::kIcmp), IPPROTO_ICMPV6);
}

TEST(ProtocolsThatAFamilyDoesNotTakeAreRefused) {
  for (const int32_t protocol :
       {protocol_type::kUnknown, protocol_type::kIcmpV6, protocol_type::kIpv6RoutingHeader,
        protocol_type::kIpv6NoNextHeader, kNoSuchNumber}) {
    EXPECT_EQ(Protocol(address_family::kInterNetwork, protocol), -EPROTONOSUPPORT);
  }
  EXPECT_EQ(Protocol(address_family::kInterNetworkV6, kNoSuchNumber), -EPROTONOSUPPORT);
  EXPECT_EQ(Protocol(address_family::kUnix, protocol_type::kTcp), -EPROTONOSUPPORT);
  EXPECT_EQ(Protocol(address_family::kUnspecified, protocol_type::kTcp), -EPROTONOSUPPORT);
}

TEST(ProtocolOfAnotherFamilyIsUnknownUnlessItIsNone) {
  EXPECT_EQ(FromSystemProtocol(AF_UNIX, 6), protocol_type::kUnknown);
  EXPECT_EQ(FromSystemProtocol(AF_INET, kNoSuchNumber), protocol_type::kUnknown);
  EXPECT_EQ(FromSystemProtocol(AF_INET, IPPROTO_ROUTING), protocol_type::kUnknown);
}

#ifdef AF_PACKET
TEST(PacketAndCanSocketsTakeTheirOwnProtocols) {
  EXPECT_EQ(Protocol(address_family::kPacket, 0x0300), 0x0300);
  EXPECT_EQ(Protocol(address_family::kControllerAreaNetwork, protocol_type::kUnspecified), 0);
  EXPECT_EQ(Protocol(address_family::kControllerAreaNetwork, protocol_type::kTcp),
            -EPROTONOSUPPORT);
}
#endif

TEST(FlagsAreTranslatedIntoTheSystem) {
  constexpr struct {
    uint32_t flags;
    int system;
  } kFlags[] = {{socket_flags::kNone, 0},
                {socket_flags::kOutOfBand, MSG_OOB},
                {socket_flags::kPeek, MSG_PEEK},
                {socket_flags::kDontRoute, MSG_DONTROUTE},
                {socket_flags::kTruncated, MSG_TRUNC},
                {socket_flags::kControlDataTruncated, MSG_CTRUNC},
                {socket_flags::kPeek | socket_flags::kOutOfBand, MSG_PEEK | MSG_OOB}};
  for (const auto& each : kFlags) {
    int system = -1;
    EXPECT_TRUE(ToSystemFlags(each.flags, system));
    EXPECT_EQ(system, each.system);
  }
}

TEST(AnyOtherFlagIsRefused) {
  constexpr uint32_t kKnown = 0x0307;
  for (uint32_t bit = 1; bit != 0; bit <<= 1) {
    int system = 0;
    EXPECT_EQ(ToSystemFlags(bit, system), (bit & kKnown) != 0);
    EXPECT_EQ(ToSystemFlags(bit | socket_flags::kPeek, system), (bit & kKnown) != 0);
  }
}

TEST(FlagsOfTheSystemComeBackWithoutPeek) {
  EXPECT_EQ(FromSystemFlags(0), socket_flags::kNone);
  EXPECT_EQ(FromSystemFlags(MSG_TRUNC | MSG_CTRUNC), 0x0300);
  EXPECT_EQ(FromSystemFlags(MSG_OOB | MSG_PEEK | MSG_DONTROUTE), 0x0005);
  EXPECT_EQ(FromSystemFlags(MSG_EOR | MSG_DONTWAIT), socket_flags::kNone);
}
