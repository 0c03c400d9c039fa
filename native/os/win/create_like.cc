// A fresh socket in place of an old one, with the options that the user may have set.

#include <cstring>

#include "os/socket_ops.h"
#include "os/win/option_table.h"

namespace saea::os {

namespace {

// What CreateLike carries over to a fresh descriptor.
constexpr struct {
  int32_t level;
  int32_t name;
} kCopied[] = {
    {kSocket, ~0x0004},  // ExclusiveAddressUse
    {kSocket, 0x0001},   // Debug
    {kSocket, 0x0004},   // ReuseAddress
    {kSocket, 0x0008},   // KeepAlive
    {kSocket, 0x0010},   // DontRoute
    {kSocket, 0x0020},   // Broadcast
    {kSocket, 0x0080},   // Linger
    {kSocket, 0x0100},   // OutOfBandInline
    {kSocket, 0x1001},   // SendBuffer
    {kSocket, 0x1002},   // ReceiveBuffer
    {kSocket, 0x1005},   // SendTimeout
    {kSocket, 0x1006},   // ReceiveTimeout
    {kIp, 3},            // TypeOfService
    {kIp, 4},            // IpTimeToLive
    {kIp, 10},           // MulticastTimeToLive
    {kIp, 11},           // MulticastLoopback
    {kIp, 14},           // DontFragment
    {kIpv6, 4},          // IpTimeToLive
    {kIpv6, 10},         // MulticastTimeToLive
    {kIpv6, 11},         // MulticastLoopback
    {kIpv6, 23},         // IPProtectionLevel
    {kIpv6, 27},         // IPv6Only
    {kTcp, 1},           // NoDelay
    {kTcp, 3},           // TcpKeepAliveTime
    {kTcp, 15},          // FastOpen
    {kTcp, 16},          // TcpKeepAliveRetryCount
    {kTcp, 17},          // TcpKeepAliveInterval
};

}  // namespace

Result CreateLike(Descriptor socket) {
  Description description;
  const Result described = Describe(socket, description);
  if (!described.ok()) return described;
  const Result created = Create(description.family, description.type, description.protocol);
  if (!created.ok()) return created;
  for (const auto& copied : kCopied) {  // only what differs, so that a default stays a default
    uint8_t old_value[8] = {};
    uint8_t new_value[8] = {};
    const Result old_got =
        GetOption(socket, copied.level, copied.name, old_value, sizeof(old_value));
    const Result new_got =
        GetOption(created.value, copied.level, copied.name, new_value, sizeof(new_value));
    if (!old_got.ok() || !new_got.ok() || old_got.value != new_got.value) continue;
    const auto length = static_cast<size_t>(old_got.value);
    if (std::memcmp(old_value, new_value, length) == 0) continue;
    SetOption(created.value, copied.level, copied.name, old_value, length);
  }
  return created;
}

}  // namespace saea::os
