#include "support/peer.h"

#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "os/address.h"
#include "os/numbers.h"
#include "os/socket_ops.h"
#include "support/faults.h"
#include "support/test.h"

namespace saea::test {

namespace {

constexpr int kDeadlineMs = 10000;

// What a test stands on and no test is about.
int Must(int result, const char* what) {
  if (result != -1) return result;
  std::perror(what);
  std::abort();
}

void SetBlocking(int descriptor, bool blocking) {
  const int flags = Must(fcntl(descriptor, F_GETFL), "F_GETFL");
  Must(fcntl(descriptor, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK), "F_SETFL");
}

bool Await(int descriptor, short events, const char* what) {
  pollfd polled = {descriptor, events, 0};
  if (poll(&polled, 1, kDeadlineMs) == 1) return true;
  Fail(__FILE__, __LINE__, std::string(what) + " within the deadline");
  return false;
}

std::array<int, 2> MakeUnixPair(int type) {
  std::array<int, 2> ends;
  Must(socketpair(AF_UNIX, type, 0, ends.data()), "socketpair");
  return ends;
}

int BoundSocket(int family, int type) {
  const int descriptor = Must(socket(family, type, 0), "socket");
  sockaddr_storage storage;
  const abi::Address address = family == AF_INET6 ? Ipv6Loopback() : Ipv4Loopback();
  const socklen_t length = os::ToSystemAddress(address, storage);
  Must(bind(descriptor, reinterpret_cast<sockaddr*>(&storage), length), "bind");
  return descriptor;
}

void ConnectToName(int descriptor, int other) {
  sockaddr_storage storage;
  socklen_t length = sizeof(storage);
  auto* name = reinterpret_cast<sockaddr*>(&storage);
  Must(getsockname(other, name, &length), "getsockname");
  Must(connect(descriptor, name, length), "connect");
}

std::array<int, 2> MakeTcpPair(int family) {
  const int listener = BoundSocket(family, SOCK_STREAM);
  Must(listen(listener, 1), "listen");
  const int client = Must(socket(family, SOCK_STREAM, 0), "socket");
  ConnectToName(client, listener);
  const int server = Must(accept(listener, nullptr, nullptr), "accept");
  close(listener);
  return {client, server};
}

std::array<int, 2> MakeUdpPair() {
  const std::array<int, 2> ends = {BoundSocket(AF_INET, SOCK_DGRAM),
                                   BoundSocket(AF_INET, SOCK_DGRAM)};
  ConnectToName(ends[0], ends[1]);
  ConnectToName(ends[1], ends[0]);
  return ends;
}

std::array<int, 2> MakeEnds(PairKind kind) {
  switch (kind) {
    case PairKind::kTcp4:
      return MakeTcpPair(AF_INET);
    case PairKind::kTcp6:
      return MakeTcpPair(AF_INET6);
    case PairKind::kUnixStream:
      return MakeUnixPair(SOCK_STREAM);
    case PairKind::kUnixSeqpacket:
      return MakeUnixPair(SOCK_SEQPACKET);
    case PairKind::kUdp4:
      break;
  }
  return MakeUdpPair();
}

}  // namespace

Peer& Peer::operator=(Peer&& other) noexcept {
  if (this != &other) {
    Close();
    descriptor_ = other.Release();
  }
  return *this;
}

int Peer::Release() {
  const int released = descriptor_;
  descriptor_ = -1;
  return released;
}

void Peer::Close() {
  if (descriptor_ != -1) close(Release());
}

void Peer::Reset() {
  const FaultPause pause;
  const linger no_time = {1, 0};
  setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &no_time, sizeof(no_time));
  Close();
}

void Peer::EndSending() {
  Must(shutdown(descriptor_, SHUT_WR), "shutdown");
}

void Peer::Write(const std::string& bytes) {
  size_t written = 0;
  do {
    const ssize_t count = write(descriptor_, bytes.data() + written, bytes.size() - written);
    if (count == -1 && errno != EAGAIN) return Fail(__FILE__, __LINE__, "the peer to write");
    if (count == -1 && !Await(descriptor_, POLLOUT, "the peer can write")) return;
    written += count > 0 ? static_cast<size_t>(count) : 0;
  } while (written < bytes.size());
}

std::string Peer::Read(size_t length) {
  std::string bytes(length, '\0');
  size_t filled = 0;
  while (filled < length && Await(descriptor_, POLLIN, "the peer can read")) {
    const ssize_t count = read(descriptor_, bytes.data() + filled, length - filled);
    if (count == 0 || (count == -1 && errno != EAGAIN)) break;
    filled += count > 0 ? static_cast<size_t>(count) : 0;
  }
  bytes.resize(filled);
  return bytes;
}

std::string Peer::ReadAvailable() {
  std::string bytes;
  std::string part(1 << 16, '\0');
  SetBlocking(descriptor_, false);
  for (;;) {
    const ssize_t count = read(descriptor_, part.data(), part.size());
    if (count <= 0) return bytes;
    bytes.append(part, 0, static_cast<size_t>(count));
  }
}

bool Peer::SeesEnd() {
  char byte;
  return Await(descriptor_, POLLIN, "the peer sees the end") && read(descriptor_, &byte, 1) == 0;
}

bool Peer::SeesReset() {
  pollfd polled = {descriptor_, 0, 0};  // errors are reported unasked
  return poll(&polled, 1, kDeadlineMs) == 1 && (polled.revents & POLLERR) != 0;
}

Pair MakePair(PairKind kind) {
  const FaultPause pause;
  const std::array<int, 2> ends = MakeEnds(kind);
  for (const int end : ends) SetBlocking(end, false);
  return {ends[0], Peer(ends[1])};
}

bool IsStream(PairKind kind) {
  return kind != PairKind::kUnixSeqpacket && kind != PairKind::kUdp4;
}

int Listen(int system_family, abi::Address& address) {
  const FaultPause pause;
  const int listener = BoundSocket(system_family, SOCK_STREAM);
  SetBlocking(listener, false);
  Must(listen(listener, SOMAXCONN), "listen");
  sockaddr_storage storage;
  socklen_t length = sizeof(storage);
  Must(getsockname(listener, reinterpret_cast<sockaddr*>(&storage), &length), "getsockname");
  os::FromSystemAddress(storage, length, address);
  return listener;
}

Peer ConnectTo(const abi::Address& address) {
  const FaultPause pause;
  sockaddr_storage storage;
  const socklen_t length = os::ToSystemAddress(address, storage);
  const int descriptor = Must(socket(storage.ss_family, SOCK_STREAM, 0), "socket");
  Must(connect(descriptor, reinterpret_cast<sockaddr*>(&storage), length), "connect");
  return Peer(descriptor);
}

FullListener::FullListener() : listener_(Listen(AF_INET, address_)) {
  // Linux lets one more wait than it was told.
  Must(listen(listener_.descriptor(), 0), "listen");
  client_ = ConnectTo(address_);
}

// The port was given out a moment ago, and is not given out again before all others were.
abi::Address RefusingAddress() {
  abi::Address address = {};
  close(Listen(AF_INET, address));
  return address;
}

abi::Address Ipv4Loopback(uint32_t port) {
  return {os::address_family::kInterNetwork, port, 0, 4, {127, 0, 0, 1}};
}

abi::Address Ipv6Loopback(uint32_t port) {
  abi::Address address = {os::address_family::kInterNetworkV6, port, 0, 16, {}};
  address.bytes[15] = 1;
  return address;
}

abi::Address PathAddress(const std::string& path) {
  abi::Address address = {os::address_family::kUnix, 0, 0, 0, {}};
  if (path.size() > sizeof(address.bytes)) std::abort();
  address.length = static_cast<uint32_t>(path.size());
  std::memcpy(address.bytes, path.data(), path.size());
  return address;
}

abi::Address AbstractAddress(const std::string& name) {
  return PathAddress(std::string(1, '\0') + name);
}

std::string UniqueName() {
  static uint32_t count = 0;
  return "saea-test-" + std::to_string(getpid()) + "-" + std::to_string(++count);
}

bool HasIpv6() {
  const int descriptor = socket(AF_INET6, SOCK_STREAM, 0);
  if (descriptor == -1) return false;
  sockaddr_storage storage;
  const socklen_t length = os::ToSystemAddress(Ipv6Loopback(), storage);
  const bool can_bind = bind(descriptor, reinterpret_cast<sockaddr*>(&storage), length) == 0;
  close(descriptor);
  return can_bind;
}

Peer Create(int32_t family, int32_t type, int32_t protocol) {
  const os::Result created = os::Create(family, type, protocol);
  if (created.ok()) return Peer(static_cast<int>(created.value));
  Fail(__FILE__, __LINE__, "a socket to be created");
  return Peer();
}

size_t OpenDescriptorCount() {
  DIR* folder = opendir("/proc/self/fd");
  if (folder == nullptr) return 0;
  size_t count = 0;
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

std::string Pattern(size_t length, uint32_t seed) {
  std::string bytes(length, '\0');
  uint32_t state = seed * 2654435761U + 1;
  for (char& byte : bytes) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<char>(state >> 24);
  }
  return bytes;
}

}  // namespace saea::test
