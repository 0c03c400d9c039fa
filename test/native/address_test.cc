// Endpoints between the form in a record and the system's.

#include "os/address.h"

#include <netinet/in.h>
#include <sys/un.h>

#include <cstddef>
#include <cstring>
#include <string>

#include "os/numbers.h"
#include "support/peer.h"
#include "support/test.h"

namespace {

using saea::abi::Address;
using saea::os::FromSystemAddress;
using saea::os::ToSystemAddress;
using saea::test::PathAddress;
namespace address_family = saea::os::address_family;

constexpr size_t kPathOffset = offsetof(sockaddr_un, sun_path);
constexpr size_t kPathCapacity = sizeof(sockaddr_un) - kPathOffset;

std::string TextOf(const Address& address) {
  return {reinterpret_cast<const char*>(address.bytes), address.length};
}

const sockaddr_un& Unix(const sockaddr_storage& storage) {
  return reinterpret_cast<const sockaddr_un&>(storage);
}

// The address as it comes back from the system's form.
Address RoundTrip(const Address& address) {
  sockaddr_storage storage;
  const socklen_t length = ToSystemAddress(address, storage);
  Address back;
  std::memset(&back, 0xee, sizeof(back));
  FromSystemAddress(storage, length, back);
  return back;
}

}  // namespace

TEST(Ipv4AddressHasItsPortAndBytesInNetworkOrder) {
  const Address address = {address_family::kInterNetwork, 0x1234, 0, 4, {1, 2, 3, 4}};
  sockaddr_storage storage;
  EXPECT_EQ(ToSystemAddress(address, storage), sizeof(sockaddr_in));
  const auto& native = reinterpret_cast<const sockaddr_in&>(storage);
  EXPECT_EQ(native.sin_family, AF_INET);
  EXPECT_EQ(native.sin_port, htons(0x1234));
  EXPECT_EQ(native.sin_addr.s_addr, htonl(0x01020304));
}

TEST(Ipv4AddressComesBackAsItWas) {
  const Address back =
      RoundTrip({address_family::kInterNetwork, 65535, 77, 4, {255, 254, 253, 252}});
  EXPECT_EQ(back.family, address_family::kInterNetwork);
  EXPECT_EQ(back.port, 65535);
  EXPECT_EQ(back.scope_id, 0);  // IPv4 has none
  EXPECT_EQ(TextOf(back), "\xff\xfe\xfd\xfc");
}

TEST(Ipv6AddressComesBackAsItWasWithItsScope) {
  Address address = {address_family::kInterNetworkV6, 1, 0xfffffff0, 16, {}};
  for (uint8_t i = 0; i < 16; ++i) address.bytes[i] = static_cast<uint8_t>(240 + i);
  sockaddr_storage storage;
  EXPECT_EQ(ToSystemAddress(address, storage), sizeof(sockaddr_in6));
  EXPECT_EQ(storage.ss_family, AF_INET6);
  const Address back = RoundTrip(address);
  EXPECT_EQ(back.family, address_family::kInterNetworkV6);
  EXPECT_EQ(back.port, 1);
  EXPECT_EQ(back.scope_id, 0xfffffff0);
  EXPECT_EQ(TextOf(back), TextOf(address));
}

TEST(PathIsTerminatedAndComesBackWithoutTheTerminator) {
  sockaddr_storage storage;
  EXPECT_EQ(ToSystemAddress(PathAddress("/run/x"), storage), kPathOffset + 7);
  EXPECT_EQ(std::string(Unix(storage).sun_path), "/run/x");
  const Address back = RoundTrip(PathAddress("/run/x"));
  EXPECT_EQ(back.family, address_family::kUnix);
  EXPECT_EQ(TextOf(back), "/run/x");
  EXPECT_EQ(back.port, 0);
}

TEST(PathThatFillsEverythingIsNotTerminated) {
  for (const size_t length : {kPathCapacity - 1, kPathCapacity}) {
    const std::string path(length, 'p');
    sockaddr_storage storage;
    EXPECT_EQ(ToSystemAddress(PathAddress(path), storage), sizeof(sockaddr_un));
    EXPECT_EQ(TextOf(RoundTrip(PathAddress(path))), path);
  }
}

TEST(PathThatIsTooLongIsCutAndNothingIsOverwritten) {
  sockaddr_storage storage;
  const std::string path(kPathCapacity + 4, 'p');
  EXPECT_EQ(ToSystemAddress(PathAddress(path), storage), sizeof(sockaddr_un));
}

TEST(PaddingBehindThePathIsNotPartOfIt) {
  sockaddr_storage storage = {};
  ToSystemAddress(PathAddress("/run/x"), storage);
  Address back = {};
  FromSystemAddress(storage, sizeof(sockaddr_un), back);
  EXPECT_EQ(TextOf(back), "/run/x");
}

TEST(AbstractNameIsTakenByItsLength) {
  const std::string name("\0name\0with\0zeros", 16);
  sockaddr_storage storage;
  EXPECT_EQ(ToSystemAddress(PathAddress(name), storage), kPathOffset + name.size());
  EXPECT_EQ(TextOf(RoundTrip(PathAddress(name))), name);
  const std::string longest = std::string(1, '\0') + std::string(kPathCapacity - 1, 'n');
  EXPECT_EQ(TextOf(RoundTrip(PathAddress(longest))), longest);
}

TEST(UnnamedUnixAddressHasNoBytes) {
  sockaddr_storage storage = {};
  storage.ss_family = AF_UNIX;
  Address back = {};
  back.length = 9;
  FromSystemAddress(storage, sizeof(sa_family_t), back);
  EXPECT_EQ(back.family, address_family::kUnix);
  EXPECT_EQ(back.length, 0);
  EXPECT_EQ(RoundTrip(PathAddress("")).length, 0);
}

TEST(NoAddressIsUnspecified) {
  sockaddr_storage storage;
  std::memset(&storage, 0xee, sizeof(storage));
  Address back;
  std::memset(&back, 0xee, sizeof(back));
  FromSystemAddress(storage, 0, back);
  EXPECT_EQ(back.family, address_family::kUnspecified);
  EXPECT_EQ(back.port + back.scope_id + back.length, 0);
}

TEST(FamilyWithoutASystemFormHasNoLength) {
  sockaddr_storage storage;
  for (const int32_t family : {address_family::kUnspecified, address_family::kUnknown, 99}) {
    const Address address = {static_cast<uint32_t>(family), 0, 0, 0, {}};
    EXPECT_EQ(ToSystemAddress(address, storage), 0);
  }
}

TEST(FamilyThatNobodyKnowsIsUnknown) {
  sockaddr_storage storage = {};
  storage.ss_family = 250;
  Address back = {};
  FromSystemAddress(storage, sizeof(storage), back);
  EXPECT_EQ(static_cast<int32_t>(back.family), address_family::kUnknown);
  EXPECT_EQ(back.length, 0);
}
