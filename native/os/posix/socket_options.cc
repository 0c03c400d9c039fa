// Socket options: the few whose value has another form on the system, and the many that pass.

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cstring>

#include "os/numbers.h"
#include "os/posix/option_table.h"
#include "os/posix/system_call.h"
#include "os/socket_ops.h"

namespace saea::os {

namespace {

Result Set(Descriptor socket, int level, int name, const void* value, size_t length) {
  return FromReturn(
      setsockopt(static_cast<int>(socket), level, name, value, static_cast<socklen_t>(length)));
}

Result Get(Descriptor socket, int level, int name, void* value, size_t capacity) {
  auto length = static_cast<socklen_t>(capacity);
  const Result got = FromReturn(getsockopt(static_cast<int>(socket), level, name, value, &length));
  if (!got.ok()) return got;
  return {length, socket_error::kSuccess, 0};
}

int32_t ReadInt(const uint8_t* value) {
  int32_t number;
  std::memcpy(&number, value, sizeof(number));
  return number;
}

Result WriteInt(uint8_t* value, size_t capacity, int32_t number) {
  if (capacity < sizeof(number)) return Failure(EINVAL);
  std::memcpy(value, &number, sizeof(number));
  return {sizeof(number), socket_error::kSuccess, 0};
}

// On Unix .NET makes sharing an address a matter of both sides' consent, as Windows has it:
// ReuseAddress sets SO_REUSEADDR and SO_REUSEPORT, ExclusiveAddressUse is its inverse.
Result SetShared(Descriptor socket, bool shared) {
  const int value = shared ? 1 : 0;
  const Result set = Set(socket, SOL_SOCKET, SO_REUSEPORT, &value, sizeof(value));
  return set.ok() ? Set(socket, SOL_SOCKET, SO_REUSEADDR, &value, sizeof(value)) : set;
}

Result SetTimeout(Descriptor socket, const Option& option, int32_t milliseconds) {
  if (milliseconds < 0) return Failure(EINVAL);
  timeval time = {};
  time.tv_sec = milliseconds / 1000;
  time.tv_usec = (milliseconds % 1000) * 1000;
  return Set(socket, option.system_level, option.system_name, &time, sizeof(time));
}

Result SetMulticastInterface(Descriptor socket, const uint8_t* value) {
  ip_mreqn request = {};
  if (value[0] == 0) {  // 0.x.x.x: an index, in network order
    request.imr_ifindex = value[1] << 16 | value[2] << 8 | value[3];
  } else {
    std::memcpy(&request.imr_address, value, sizeof(request.imr_address));
  }
  return Set(socket, IPPROTO_IP, IP_MULTICAST_IF, &request, sizeof(request));
}

Result SetIpMembership(Descriptor socket, int name, const uint8_t* value) {
  ip_mreqn request = {};
  std::memcpy(&request.imr_multiaddr, value, 4);
  std::memcpy(&request.imr_address, value + 4, 4);
  request.imr_ifindex = ReadInt(value + 8);
  return Set(socket, IPPROTO_IP, name, &request, sizeof(request));
}

Result SetIpv6Membership(Descriptor socket, int name, const uint8_t* value) {
  ipv6_mreq request = {};
  std::memcpy(&request.ipv6mr_multiaddr, value, 16);
  request.ipv6mr_interface = static_cast<unsigned>(ReadInt(value + 16));
  return Set(socket, IPPROTO_IPV6, name, &request, sizeof(request));
}

constexpr size_t kIntBytes = sizeof(int32_t);
constexpr size_t kIpMembershipBytes = 12;
constexpr size_t kIpv6MembershipBytes = 20;

// Whether a value of this form can have this length. Where it passes through, the system decides.
bool IsLength(Form form, size_t length) {
  switch (form) {
    case Form::kInt:
    case Form::kBytes:
    case Form::kLinger:
      return true;
    case Form::kIpMembership:
      return length == kIntBytes || length >= kIpMembershipBytes;
    case Form::kIpv6Membership:
      return length == kIntBytes || length >= kIpv6MembershipBytes;
    case Form::kShared:
    case Form::kExclusive:
      return length == kIntBytes;
    default:
      return length >= kIntBytes;
  }
}

}  // namespace

Result SetOption(Descriptor socket, int32_t level, int32_t name, const uint8_t* value,
                 size_t length) {
  const Option* option = FindOption(level, name);
  if (option == nullptr) return Failure(EOPNOTSUPP);
  if (!IsLength(option->form, length)) return Failure(EINVAL);
  switch (option->form) {
    case Form::kInt:
    case Form::kBytes:
    case Form::kLinger:
      static_assert(sizeof(linger) == 2 * sizeof(int32_t), "a linger is two ints");
      return Set(socket, option->system_level, option->system_name, value, length);
    case Form::kTimeout:
      return SetTimeout(socket, *option, ReadInt(value));
    case Form::kShared:
      return SetShared(socket, ReadInt(value) != 0);
    case Form::kExclusive:
      if (ReadInt(value) != 0 && ReadInt(value) != 1) return Failure(EINVAL);
      return SetShared(socket, ReadInt(value) == 0);
    case Form::kDontFragment: {
#ifdef IP_MTU_DISCOVER
      const int mode = ReadInt(value) != 0 ? IP_PMTUDISC_DO : IP_PMTUDISC_DONT;
      return Set(socket, option->system_level, option->system_name, &mode, sizeof(mode));
#else
      return Failure(EOPNOTSUPP);
#endif
    }
    case Form::kMulticastInterface:
      return SetMulticastInterface(socket, value);
    case Form::kIpMembership:
      if (length == kIntBytes) break;  // a number: the system refuses it
      return SetIpMembership(socket, option->system_name, value);
    case Form::kIpv6Membership:
      if (length == kIntBytes) return Failure(EOPNOTSUPP);  // as .NET refuses a number
      return SetIpv6Membership(socket, option->system_name, value);
    case Form::kErrorNumber:
    case Form::kTypeNumber:
      return Failure(ENOPROTOOPT);
  }
  return Set(socket, option->system_level, option->system_name, value, length);
}

Result GetOption(Descriptor socket, int32_t level, int32_t name, uint8_t* value, size_t capacity) {
  const Option* option = FindOption(level, name);
  if (option == nullptr) return Failure(EOPNOTSUPP);
  int number = 0;
  switch (option->form) {
    case Form::kTimeout: {
      timeval time = {};
      const Result got =
          Get(socket, option->system_level, option->system_name, &time, sizeof(time));
      if (!got.ok()) return got;
      return WriteInt(value, capacity,
                      static_cast<int32_t>(time.tv_sec * 1000 + time.tv_usec / 1000));
    }
    case Form::kErrorNumber:
    case Form::kTypeNumber:
    case Form::kDontFragment: {
      const Result got =
          Get(socket, option->system_level, option->system_name, &number, sizeof(number));
      if (!got.ok()) return got;
      if (option->form == Form::kErrorNumber) number = ToSocketError(number);
      if (option->form == Form::kTypeNumber) number = FromSystemType(number);
#ifdef IP_MTU_DISCOVER
      if (option->form == Form::kDontFragment) number = number == IP_PMTUDISC_DO ? 1 : 0;
#endif
      return WriteInt(value, capacity, number);
    }
    case Form::kShared:
    case Form::kExclusive: {
      const Result got = Get(socket, SOL_SOCKET, SO_REUSEPORT, &number, sizeof(number));
      if (!got.ok()) return got;
      return WriteInt(value, capacity, (number != 0) == (option->form == Form::kShared) ? 1 : 0);
    }
    default:
      return Get(socket, option->system_level, option->system_name, value, capacity);
  }
}

Result SetOptionBytes(Descriptor socket, int32_t level, int32_t name, const uint8_t* value,
                      size_t length) {
  if (length == 0) return Failure(EFAULT);
  const Option* option = FindOption(level, name);
  if (option == nullptr) return Failure(EOPNOTSUPP);
  switch (option->form) {
    case Form::kShared:
    case Form::kExclusive:
      return SetOption(socket, level, name, value, length);
    case Form::kDontFragment: {
      uint8_t number[4] = {};
      std::memcpy(number, value, std::min(length, sizeof(number)));
      return SetOption(socket, level, name, number, sizeof(number));
    }
    case Form::kIpv6Membership:
      return Failure(EOPNOTSUPP);
    default:
      return Set(socket, option->system_level, option->system_name, value, length);
  }
}

Result GetOptionBytes(Descriptor socket, int32_t level, int32_t name, uint8_t* value,
                      size_t capacity) {
  const Option* option = FindOption(level, name);
  if (option == nullptr) return Failure(EOPNOTSUPP);
  switch (option->form) {
    case Form::kShared:
    case Form::kExclusive:
      if (capacity != 4) return Failure(EINVAL);
      return GetOption(socket, level, name, value, capacity);
    case Form::kErrorNumber:
    case Form::kTypeNumber:
    case Form::kDontFragment: {
      uint8_t number[4];
      Result got = GetOption(socket, level, name, number, sizeof(number));
      if (!got.ok()) return got;
      const size_t length = std::min(capacity, sizeof(number));
      if (length > 0) std::memcpy(value, number, length);
      return {static_cast<int64_t>(length), socket_error::kSuccess, 0};
    }
    case Form::kIpv6Membership:
      return Failure(EOPNOTSUPP);
    default:
      return Get(socket, option->system_level, option->system_name, value, capacity);
  }
}

Result SetRawOption(Descriptor socket, int32_t level, int32_t name, const uint8_t* value,
                    size_t length) {
  if (length == 0) return Failure(EFAULT);
  return Set(socket, level, name, value, length);
}

Result GetRawOption(Descriptor socket, int32_t level, int32_t name, uint8_t* value,
                    size_t capacity) {
  return Get(socket, level, name, value, capacity);
}

}  // namespace saea::os
