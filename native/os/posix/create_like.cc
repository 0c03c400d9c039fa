// A fresh socket in place of an old one, with the options that the user may have set.

#include <sys/socket.h>

#ifdef SO_BUF_LOCK
#include <linux/socket.h>
#endif

#include <cstring>

#include "os/numbers.h"
#include "os/posix/option_table.h"
#include "os/posix/system_call.h"
#include "os/socket_ops.h"

namespace saea::os {

namespace {

constexpr int32_t kSendBuffer = 0x1001;
constexpr int32_t kReceiveBuffer = 0x1002;

// The name of a network interface; all other values are shorter.
constexpr size_t kLongestValue = 16;

// What CopyOptions carries over to a fresh descriptor. (ExclusiveAddressUse is the inverse of
// ReuseAddress.)
constexpr struct {
  int32_t level;
  int32_t name;
} kCopied[] = {
    {kSocket, 0x0001},  // Debug
    {kSocket, 0x0004},  // ReuseAddress
    {kSocket, 0x0008},  // KeepAlive
    {kSocket, 0x0010},  // DontRoute
    {kSocket, 0x0020},  // Broadcast
    {kSocket, 0x0080},  // Linger
    {kSocket, 0x0100},  // OutOfBandInline
    {kSocket, kSendBuffer},
    {kSocket, kReceiveBuffer},
    {kSocket, 0x1004},  // ReceiveLowWater
    {kSocket, 0x1005},  // SendTimeout
    {kSocket, 0x1006},  // ReceiveTimeout
    {kSocket, extra_option::kBindToDevice},
    {kIp, 3},     // TypeOfService
    {kIp, 4},     // IpTimeToLive
    {kIp, 10},    // MulticastTimeToLive
    {kIp, 11},    // MulticastLoopback
    {kIp, 14},    // DontFragment
    {kIpv6, 4},   // IpTimeToLive
    {kIpv6, 10},  // MulticastTimeToLive
    {kIpv6, 11},  // MulticastLoopback
    {kIpv6, 27},  // IPv6Only
    {kIpv6, extra_option::kTrafficClass},
    {kTcp, 1},   // NoDelay
    {kTcp, 3},   // TcpKeepAliveTime
    {kTcp, 15},  // FastOpen
    {kTcp, 16},  // TcpKeepAliveRetryCount
    {kTcp, 17},  // TcpKeepAliveInterval
    {kTcp, extra_option::kUserTimeout},
};

// False where the system has chosen the size of a buffer, which it does anew all the time: to carry
// its choice over would end that for the fresh descriptor. Where it does not tell, take it as set.
bool IsSizedByUser([[maybe_unused]] Descriptor socket, [[maybe_unused]] int32_t name) {
#ifdef SO_BUF_LOCK
  int locks = 0;
  socklen_t length = sizeof(locks);
  if (getsockopt(ToInt(socket), SOL_SOCKET, SO_BUF_LOCK, &locks, &length) == 0) {
    return (locks & (name == kSendBuffer ? SOCK_SNDBUF_LOCK : SOCK_RCVBUF_LOCK)) != 0;
  }
#endif
  return true;
}

// Only what differs, so that a default stays a default.
void CopyOptions(Descriptor from, Descriptor to) {
  for (const auto& copied : kCopied) {
    uint8_t old_value[kLongestValue];
    uint8_t new_value[kLongestValue];
    const Result old_got = GetOption(from, copied.level, copied.name, old_value, sizeof(old_value));
    const Result new_got = GetOption(to, copied.level, copied.name, new_value, sizeof(new_value));
    if (!old_got.ok() || !new_got.ok()) continue;
    const auto length = static_cast<size_t>(old_got.value);
    const bool is_same =
        old_got.value == new_got.value && std::memcmp(old_value, new_value, length) == 0;
    if (is_same) continue;
    const bool is_size =
        copied.level == kSocket && (copied.name == kSendBuffer || copied.name == kReceiveBuffer);
    if (is_size && !IsSizedByUser(from, copied.name)) continue;
#ifdef __linux__
    if (is_size) {  // Linux doubles what it is given, and answers the doubled figure
      int32_t given;
      std::memcpy(&given, old_value, sizeof(given));
      given /= 2;
      std::memcpy(old_value, &given, sizeof(given));
    }
#endif
    SetOption(to, copied.level, copied.name, old_value, length);
  }
}

}  // namespace

Result CreateLike(Descriptor socket) {
  Description description;
  const Result described = Describe(socket, description);
  if (!described.ok()) return described;
  const Result created = Create(description.family, description.type, description.protocol);
  if (created.ok()) CopyOptions(socket, created.value);
  return created;
}

}  // namespace saea::os
