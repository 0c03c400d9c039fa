#include "os/address.h"

#include <algorithm>
#include <cstring>

#include "os/numbers.h"

#ifdef _WIN32
#include <afunix.h>
#else
#include <netinet/in.h>
#include <sys/un.h>
#endif

namespace saea::os {

namespace {

constexpr uint32_t kIpv4Bytes = 4;
constexpr uint32_t kIpv6Bytes = 16;

socklen_t ToIpv4(const abi::Address& address, sockaddr_storage& storage) {
  auto& native = reinterpret_cast<sockaddr_in&>(storage);
  native = {};
  native.sin_family = AF_INET;
  native.sin_port = htons(static_cast<uint16_t>(address.port));
  std::memcpy(&native.sin_addr, address.bytes, kIpv4Bytes);
  return sizeof(native);
}

socklen_t ToIpv6(const abi::Address& address, sockaddr_storage& storage) {
  auto& native = reinterpret_cast<sockaddr_in6&>(storage);
  native = {};
  native.sin6_family = AF_INET6;
  native.sin6_port = htons(static_cast<uint16_t>(address.port));
  native.sin6_scope_id = address.scope_id;
  std::memcpy(&native.sin6_addr, address.bytes, kIpv6Bytes);
  return sizeof(native);
}

// A path is terminated by NUL where there is room, as unix(7) asks; an abstract name starts with
// NUL, has no terminator, and may fill everything.
socklen_t ToUnix(const abi::Address& address, sockaddr_storage& storage) {
  auto& native = reinterpret_cast<sockaddr_un&>(storage);
  native = {};
  native.sun_family = AF_UNIX;
  const size_t length = std::min<size_t>(address.length, sizeof(native.sun_path));
  std::memcpy(native.sun_path, address.bytes, length);
  const bool is_path = length > 0 && address.bytes[0] != 0;
  const size_t terminator = is_path && length < sizeof(native.sun_path) ? 1 : 0;
  return static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length + terminator);
}

void FromUnix(const sockaddr_storage& storage, socklen_t length, abi::Address& address) {
  const auto& native = reinterpret_cast<const sockaddr_un&>(storage);
  size_t bytes = 0;
  if (length > static_cast<socklen_t>(offsetof(sockaddr_un, sun_path))) {
    bytes = std::min<size_t>(length - offsetof(sockaddr_un, sun_path), sizeof(address.bytes));
    // The kernel counts the terminator of a path, and may count padding behind it.
    if (native.sun_path[0] != 0) bytes = strnlen(native.sun_path, bytes);
  }
  std::memcpy(address.bytes, native.sun_path, bytes);
  address.length = static_cast<uint32_t>(bytes);
}

}  // namespace

socklen_t ToSystemAddress(const abi::Address& address, sockaddr_storage& storage) {
  switch (static_cast<int32_t>(address.family)) {
    case address_family::kInterNetwork:
      return ToIpv4(address, storage);
    case address_family::kInterNetworkV6:
      return ToIpv6(address, storage);
    case address_family::kUnix:
      return ToUnix(address, storage);
    default:
      return 0;
  }
}

void FromSystemAddress(const sockaddr_storage& storage, socklen_t length, abi::Address& address) {
  address.family = static_cast<uint32_t>(length == 0 ? address_family::kUnspecified
                                                     : FromSystemFamily(storage.ss_family));
  address.port = 0;
  address.scope_id = 0;
  address.length = 0;
  switch (static_cast<int32_t>(address.family)) {
    case address_family::kInterNetwork: {
      const auto& native = reinterpret_cast<const sockaddr_in&>(storage);
      address.port = ntohs(native.sin_port);
      address.length = kIpv4Bytes;
      std::memcpy(address.bytes, &native.sin_addr, kIpv4Bytes);
      break;
    }
    case address_family::kInterNetworkV6: {
      const auto& native = reinterpret_cast<const sockaddr_in6&>(storage);
      address.port = ntohs(native.sin6_port);
      address.scope_id = native.sin6_scope_id;
      address.length = kIpv6Bytes;
      std::memcpy(address.bytes, &native.sin6_addr, kIpv6Bytes);
      break;
    }
    case address_family::kUnix:
      FromUnix(storage, length, address);
      break;
    default:
      break;
  }
}

}  // namespace saea::os
