// Plain sockets for tests: the other end of what the engine drives, and pairs of connected ones.
// Made and used with read() and write(), which faults.h does not count.

#ifndef SAEA_TEST_NATIVE_SUPPORT_PEER_H_
#define SAEA_TEST_NATIVE_SUPPORT_PEER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "abi/abi.h"

namespace saea::test {

enum class PairKind : uint8_t { kTcp4, kTcp6, kUnixStream, kUnixSeqpacket, kUdp4 };

// Owns a plain descriptor, blocking where it says so. Every wait has a deadline.
class Peer {
 public:
  Peer() = default;
  explicit Peer(int descriptor) : descriptor_(descriptor) {}
  Peer(Peer&& other) noexcept : descriptor_(other.Release()) {}
  Peer& operator=(Peer&& other) noexcept;
  ~Peer() { Close(); }

  int descriptor() const { return descriptor_; }
  int Release();

  void Close();
  void Reset();  // closes so that the other end sees a reset
  void EndSending();

  // Writes all of it, waiting where it must.
  void Write(const std::string& bytes);
  // Reads so many bytes, or fewer if the stream ends before.
  std::string Read(size_t length);
  // Reads what there is, without waiting.
  std::string ReadAvailable();
  // Waits for the end of the stream; false if data comes, or an error (a reset).
  bool SeesEnd();
  // Waits for a reset, behind whatever else has come.
  bool SeesReset();

 private:
  int descriptor_ = -1;
};

// Two connected sockets, non-blocking.
struct Pair {
  int ours;
  Peer theirs;
};
Pair MakePair(PairKind kind);
bool IsStream(PairKind kind);

// A listening socket on the loopback address, non-blocking, and where it listens.
int Listen(int system_family, abi::Address& address);

// A listener that answers nobody any more, as its backlog is full: connecting to it goes on for
// seconds.
class FullListener {
 public:
  FullListener();
  const abi::Address& address() const { return address_; }

 private:
  abi::Address address_ = {};
  Peer listener_;
  Peer client_;
};

// A blocking socket connected to such an address.
Peer ConnectTo(const abi::Address& address);

// An address where nobody listens.
abi::Address RefusingAddress();

abi::Address Ipv4Loopback(uint32_t port = 0);
abi::Address Ipv6Loopback(uint32_t port = 0);
// The name starts with NUL: no file.
abi::Address AbstractAddress(const std::string& name);
abi::Address PathAddress(const std::string& path);
// A name that no other test uses at the same time.
std::string UniqueName();

bool HasIpv6();

// A socket of .NET's family, type and protocol, by os::Create; fails the test if there is none.
Peer Create(int32_t family, int32_t type, int32_t protocol);

// Descriptors that this process has open; 0 where the system does not tell.
size_t OpenDescriptorCount();

// Bytes that differ from their neighbours, so that a lost or a swapped one is seen.
std::string Pattern(size_t length, uint32_t seed = 0);

}  // namespace saea::test

#endif  // SAEA_TEST_NATIVE_SUPPORT_PEER_H_
