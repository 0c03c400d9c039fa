// sockaddr ↔ the address bytes in a record. Only os includes this; the rest of the code knows
// abi::Address alone.

#ifndef SAEA_OS_ADDRESS_H_
#define SAEA_OS_ADDRESS_H_

#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
using socklen_t = int;
#else
#include <sys/socket.h>
#endif

#include "abi/abi.h"

namespace saea::os {

// The system's form of an address; returns its length, or 0 for a family it does not know.
socklen_t ToSystemAddress(const abi::Address& address, sockaddr_storage& storage);

// The portable form of what the system filled in. length 0 (TCP gives no sender) leaves family
// Unspecified.
void FromSystemAddress(const sockaddr_storage& storage, socklen_t length, abi::Address& address);

// AddressFamily ↔ the system's AF_ number; -1 if there is none.
int ToSystemFamily(int32_t family);
int32_t FromSystemFamily(int family);

}  // namespace saea::os

#endif  // SAEA_OS_ADDRESS_H_
