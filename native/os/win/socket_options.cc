// Socket options: the few whose value has another form on the system, and the many that pass.

#include <algorithm>
#include <cstring>

#include "os/numbers.h"
#include "os/win/option_table.h"
#include "os/win/winsock.h"

namespace saea::os {

namespace {

Result Set(Descriptor socket, int level, int name, const void* value, size_t length) {
  return FromStatus(setsockopt(ToSocket(socket), level, name, static_cast<const char*>(value),
                               static_cast<int>(length)));
}

Result Get(Descriptor socket, int level, int name, void* value, size_t capacity) {
  auto length = static_cast<int>(capacity);
  const Result got =
      FromStatus(getsockopt(ToSocket(socket), level, name, static_cast<char*>(value), &length));
  if (!got.ok()) return got;
  return {length, socket_error::kSuccess, 0};
}

int32_t ReadInt(const uint8_t* value) {
  int32_t number;
  std::memcpy(&number, value, sizeof(number));
  return number;
}

Result WriteInts(uint8_t* value, size_t capacity, const int32_t* numbers, size_t count) {
  const size_t bytes = count * sizeof(int32_t);
  if (capacity < bytes) return Failure(WSAEFAULT);
  std::memcpy(value, numbers, bytes);
  return {static_cast<int64_t>(bytes), socket_error::kSuccess, 0};
}

Result SetLinger(Descriptor socket, const uint8_t* value) {
  const int32_t seconds = ReadInt(value + sizeof(int32_t));
  if (seconds < 0 || seconds > UINT16_MAX) return Failure(WSAEINVAL);
  const linger native = {static_cast<u_short>(ReadInt(value) != 0), static_cast<u_short>(seconds)};
  return Set(socket, SOL_SOCKET, SO_LINGER, &native, sizeof(native));
}

Result GetLinger(Descriptor socket, uint8_t* value, size_t capacity) {
  linger native = {};
  const Result got = Get(socket, SOL_SOCKET, SO_LINGER, &native, sizeof(native));
  if (!got.ok()) return got;
  const int32_t numbers[] = {native.l_onoff, native.l_linger};
  return WriteInts(value, capacity, numbers, 2);
}

// An interface by its index is an address 0.x.x.x, in network order.
Result SetIpMembership(Descriptor socket, int name, const uint8_t* value) {
  ip_mreq request = {};
  std::memcpy(&request.imr_multiaddr, value, 4);
  const auto index = static_cast<uint32_t>(ReadInt(value + 8));
  if (index != 0) {
    request.imr_interface.s_addr = htonl(index);
  } else {
    std::memcpy(&request.imr_interface, value + 4, 4);
  }
  return Set(socket, IPPROTO_IP, name, &request, sizeof(request));
}

// Ints come back as one byte from some options.
Result GetInt(Descriptor socket, int32_t level, int32_t name, uint8_t* value, size_t capacity) {
  std::memset(value, 0, capacity);
  const Result got = Get(socket, level, name, value, capacity);
  if (!got.ok()) return got;
  const auto least = static_cast<int64_t>(std::min(capacity, sizeof(int32_t)));
  return {std::max(got.value, least), socket_error::kSuccess, 0};
}

// Whether a value of this form can have this length. Where it passes through, the system decides.
bool IsLength(Form form, size_t length) {
  switch (form) {
    case Form::kLinger:
      return length == 8;
    case Form::kIpMembership:
      return length >= 12;
    case Form::kIpv6Membership:
      return length >= sizeof(ipv6_mreq);
    default:
      return true;
  }
}

}  // namespace

Result SetOption(Descriptor socket, int32_t level, int32_t name, const uint8_t* value,
                 size_t length) {
  const Form form = FormOf(level, name);
  if (!IsLength(form, length)) return Failure(WSAEFAULT);
  switch (form) {
    case Form::kLinger:
      return SetLinger(socket, value);
    case Form::kIpMembership:
      return SetIpMembership(socket, name, value);
    case Form::kIpv6Membership:
      static_assert(sizeof(ipv6_mreq) == 20, "a group and an index");
      return Set(socket, level, name, value, sizeof(ipv6_mreq));
    case Form::kErrorNumber:
      return Failure(WSAENOPROTOOPT);
    case Form::kUnknown:
      return Failure(WSAEOPNOTSUPP);
    case Form::kInt:
    case Form::kBytes:
      break;
  }
  return Set(socket, level, name, value, length);
}

Result GetOption(Descriptor socket, int32_t level, int32_t name, uint8_t* value, size_t capacity) {
  switch (FormOf(level, name)) {
    case Form::kLinger:
      return GetLinger(socket, value, capacity);
    case Form::kErrorNumber: {
      int32_t number = 0;
      const Result got = Get(socket, level, name, &number, sizeof(number));
      if (!got.ok()) return got;
      number = ToSocketError(number);
      return WriteInts(value, capacity, &number, 1);
    }
    case Form::kInt:
      return GetInt(socket, level, name, value, capacity);
    case Form::kUnknown:
      return Failure(WSAEOPNOTSUPP);
    default:
      return Get(socket, level, name, value, capacity);
  }
}

// The system's form is .NET's, but for what follows.
Result SetOptionBytes(Descriptor socket, int32_t level, int32_t name, const uint8_t* value,
                      size_t length) {
  if (length == 0) return Failure(WSAEFAULT);
  switch (FormOf(level, name)) {
    case Form::kErrorNumber:
      return Failure(WSAENOPROTOOPT);
    case Form::kUnknown:
    case Form::kIpv6Membership:
      return Failure(WSAEOPNOTSUPP);
    default:
      return Set(socket, level, name, value, length);
  }
}

Result GetOptionBytes(Descriptor socket, int32_t level, int32_t name, uint8_t* value,
                      size_t capacity) {
  switch (FormOf(level, name)) {
    case Form::kErrorNumber:
      return GetOption(socket, level, name, value, capacity);
    case Form::kUnknown:
    case Form::kIpv6Membership:
      return Failure(WSAEOPNOTSUPP);
    default:
      return Get(socket, level, name, value, capacity);
  }
}

Result SetRawOption(Descriptor socket, int32_t level, int32_t name, const uint8_t* value,
                    size_t length) {
  if (length == 0) return Failure(WSAEFAULT);
  return Set(socket, level, name, value, length);
}

Result GetRawOption(Descriptor socket, int32_t level, int32_t name, uint8_t* value,
                    size_t capacity) {
  return Get(socket, level, name, value, capacity);
}

}  // namespace saea::os
