// The socket options of .NET, which took their numbers from Winsock: only those whose value has
// another form there need saying.

#ifndef SAEA_OS_WIN_OPTION_TABLE_H_
#define SAEA_OS_WIN_OPTION_TABLE_H_

#include <cstdint>

namespace saea::os {

// SocketOptionLevel, and the system's levels too.
constexpr int32_t kSocket = 0xffff;
constexpr int32_t kIp = 0;
constexpr int32_t kIpv6 = 41;
constexpr int32_t kTcp = 6;

// The first of the names of our own for options that .NET has no name for; ExtraSocketOptionName in
// lib. Windows has none of them.
constexpr int32_t kFirstExtraOption = 0x10001;

// How the value looks on .NET's side.
enum class Form : uint8_t {
  kInt,             // int32, as the system has it, which may write fewer bytes
  kBytes,           // passed through
  kLinger,          // int32 enabled, int32 seconds; a struct of two shorts
  kErrorNumber,     // get only: SocketError
  kIpMembership,    // group[4], local address[4], int32 interface index
  kIpv6Membership,  // group[16], int32 interface index; a struct of just these
  kUnknown,         // one of our own
};

struct Option {
  int32_t level;
  int32_t name;
  Form form;
};

constexpr Option kOptions[] = {
    {kSocket, 0x0080, Form::kLinger},
    {kSocket, 0x1007, Form::kErrorNumber},
    {kIp, 1, Form::kBytes},  // Options
    {kIp, 12, Form::kIpMembership},
    {kIp, 13, Form::kIpMembership},
    {kIp, 15, Form::kBytes},  // source memberships
    {kIp, 16, Form::kBytes},
    {kIp, 17, Form::kBytes},
    {kIp, 18, Form::kBytes},
    {kIpv6, 12, Form::kIpv6Membership},
    {kIpv6, 13, Form::kIpv6Membership},
};

inline Form FormOf(int32_t level, int32_t name) {
  for (const Option& option : kOptions) {
    if (option.level == level && option.name == name) return option.form;
  }
  return name >= kFirstExtraOption ? Form::kUnknown : Form::kInt;
}

}  // namespace saea::os

#endif  // SAEA_OS_WIN_OPTION_TABLE_H_
