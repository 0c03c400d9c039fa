#include "support/faults.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <random>
#include <vector>

#include "support/test.h"

namespace saea::test {

struct Faults::Plan {
  struct Rule {
    int error;
    uint32_t per_mille;  // kAlways: every call
    uint32_t times;
    uint32_t after;
  };

  std::array<std::vector<Rule>, kCallKinds> rules;
  std::mt19937 random;
  size_t most_bytes = SIZE_MAX;
  uint32_t most_sent = UINT32_MAX;
  bool is_limit_random = false;
};

namespace {

using Plan = Faults::Plan;

constexpr uint32_t kForEver = UINT32_MAX;
constexpr uint32_t kAlways = 1000;

struct Wrapped {
  std::array<uint32_t, kCallKinds> counts = {};
  Plan* plan = nullptr;
  void (*on_close)(int descriptor) = nullptr;
};

Wrapped& State() {
  static Wrapped wrapped;
  return wrapped;
}

bool Applies(Plan::Rule& rule, std::mt19937& random) {
  if (rule.times == 0) return false;
  if (rule.after > 0) {
    --rule.after;
    return false;
  }
  if (rule.per_mille < kAlways && random() % kAlways >= rule.per_mille) return false;
  if (rule.times != kForEver) --rule.times;
  return true;
}

// Counts a call; the error it is to fail with, or 0.
[[maybe_unused]] int Count(Call call) {
  Wrapped& state = State();
  const auto index = static_cast<size_t>(call);
  ++state.counts[index];
  if (state.plan == nullptr) return 0;
  for (Plan::Rule& rule : state.plan->rules[index]) {
    if (Applies(rule, state.plan->random)) return rule.error;
  }
  return 0;
}

// True, and errno set, if this call is to fail.
[[maybe_unused]] bool Fails(Call call) {
  const int error = Count(call);
  if (error != 0) errno = error;
  return error != 0;
}

// How many of so many bytes a call may move.
[[maybe_unused]] size_t Allowed(size_t bytes) {
  Plan* plan = State().plan;
  if (plan == nullptr || plan->most_bytes == SIZE_MAX) return bytes;
  const size_t most =
      plan->is_limit_random ? 1 + plan->random() % plan->most_bytes : plan->most_bytes;
  return std::min(bytes, most);
}

[[maybe_unused]] uint32_t AllowedToSend(uint32_t count) {
  return State().plan == nullptr ? count : std::min(count, State().plan->most_sent);
}

}  // namespace

CallCounter::CallCounter() : before_(State().counts) {}

uint32_t CallCounter::of(Call call) const {
  const auto index = static_cast<size_t>(call);
  return State().counts[index] - before_[index];
}

Faults::Faults(uint32_t seed) : plan_(std::make_unique<Plan>()) {
  plan_->random.seed(seed);
  State().plan = plan_.get();
}

Faults::~Faults() {
  State().plan = nullptr;
}

void Faults::Fail(Call call, int error, uint32_t times, uint32_t after) {
  plan_->rules[static_cast<size_t>(call)].push_back({error, kAlways, times, after});
}

void Faults::FailSome(Call call, int error, uint32_t per_mille) {
  plan_->rules[static_cast<size_t>(call)].push_back({error, per_mille, kForEver, 0});
}

void Faults::LimitBytes(size_t most) {
  plan_->most_bytes = most;
  plan_->is_limit_random = false;
}

void Faults::LimitSentDatagrams(uint32_t most) {
  plan_->most_sent = most;
}

void Faults::LimitBytesAtRandom(size_t most) {
  plan_->most_bytes = most;
  plan_->is_limit_random = true;
}

FaultPause::FaultPause() : plan_(State().plan) {
  State().plan = nullptr;
}

FaultPause::~FaultPause() {
  State().plan = plan_;
}

void ObserveClose(void (*observer)(int descriptor)) {
  State().on_close = observer;
}

}  // namespace saea::test

#if !SAEA_WRAPPED_CALLS

bool saea::test::AreCallsWrapped() {
  return false;
}

#else

#ifdef __GLIBC__
#define SENDFILE "sendfile64"  // what sendfile() is called where offsets have 64 bits
#else
#define SENDFILE "sendfile"
#endif

namespace saea::test {

// --wrap=name: calls of name() arrive at __wrap_name(), and __real_name() is the system's.
int RealSocket(int domain, int type, int protocol) asm("__real_socket");
int RealAccept(int fd, sockaddr* address, socklen_t* length, int flags) asm("__real_accept4");
int RealConnect(int fd, const sockaddr* address, socklen_t length) asm("__real_connect");
ssize_t RealReceive(int fd, void* data, size_t length, int flags) asm("__real_recv");
ssize_t RealReceiveMessage(int fd, msghdr* message, int flags) asm("__real_recvmsg");
int RealReceiveMessages(int fd, mmsghdr* messages, unsigned count, int flags,
                        timespec* timeout) asm("__real_recvmmsg");
ssize_t RealSend(int fd, const void* data, size_t length, int flags) asm("__real_send");
ssize_t RealSendFile(int out, int in, off_t* offset, size_t count) asm("__real_" SENDFILE);
ssize_t RealSendMessage(int fd, const msghdr* message, int flags) asm("__real_sendmsg");
int RealSendMessages(int fd, mmsghdr* messages, unsigned count, int flags) asm("__real_sendmmsg");
int RealSetOption(int fd, int level, int name, const void* value,
                  socklen_t length) asm("__real_setsockopt");
int RealGetOption(int fd, int level, int name, void* value,
                  socklen_t* length) asm("__real_getsockopt");
int RealShutdown(int fd, int how) asm("__real_shutdown");
int RealClose(int fd) asm("__real_close");
int RealControlSet(int set, int operation, int fd, epoll_event* event) asm("__real_epoll_ctl");
int RealAskSet(int set, epoll_event* events, int most, int wait_ms) asm("__real_epoll_wait");
long RealSystemCall(long number, ...) asm("__real_syscall");

int WrapSocket(int domain, int type, int protocol) asm("__wrap_socket");
int WrapAccept(int fd, sockaddr* address, socklen_t* length, int flags) asm("__wrap_accept4");
int WrapConnect(int fd, const sockaddr* address, socklen_t length) asm("__wrap_connect");
ssize_t WrapReceive(int fd, void* data, size_t length, int flags) asm("__wrap_recv");
ssize_t WrapReceiveMessage(int fd, msghdr* message, int flags) asm("__wrap_recvmsg");
int WrapReceiveMessages(int fd, mmsghdr* messages, unsigned count, int flags,
                        timespec* timeout) asm("__wrap_recvmmsg");
ssize_t WrapSend(int fd, const void* data, size_t length, int flags) asm("__wrap_send");
ssize_t WrapSendFile(int out, int in, off_t* offset, size_t count) asm("__wrap_" SENDFILE);
ssize_t WrapSendMessage(int fd, const msghdr* message, int flags) asm("__wrap_sendmsg");
int WrapSendMessages(int fd, mmsghdr* messages, unsigned count, int flags) asm("__wrap_sendmmsg");
int WrapSetOption(int fd, int level, int name, const void* value,
                  socklen_t length) asm("__wrap_setsockopt");
int WrapGetOption(int fd, int level, int name, void* value,
                  socklen_t* length) asm("__wrap_getsockopt");
int WrapShutdown(int fd, int how) asm("__wrap_shutdown");
int WrapClose(int fd) asm("__wrap_close");
int WrapControlSet(int set, int operation, int fd, epoll_event* event) asm("__wrap_epoll_ctl");
int WrapAskSet(int set, epoll_event* events, int most, int wait_ms) asm("__wrap_epoll_wait");
long WrapSystemCall(long number, ...) asm("__wrap_syscall");

namespace {

bool IsStream(int fd) {
  int type = 0;
  socklen_t length = sizeof(type);
  RealGetOption(fd, SOL_SOCKET, SO_TYPE, &type, &length);
  return type == SOCK_STREAM;
}

// The first bytes of a list of buffers, as a list of its own.
std::vector<iovec> Shorten(const msghdr& message, size_t most) {
  std::vector<iovec> shortened;
  for (size_t i = 0; i < message.msg_iovlen && most > 0; ++i) {
    const iovec& each = message.msg_iov[i];
    shortened.push_back({each.iov_base, std::min(each.iov_len, most)});
    most -= shortened.back().iov_len;
  }
  return shortened;
}

size_t LengthOf(const msghdr& message) {
  size_t length = 0;
  for (size_t i = 0; i < message.msg_iovlen; ++i) length += message.msg_iov[i].iov_len;
  return length;
}

}  // namespace

bool AreCallsWrapped() {
  return true;
}

int WrapSocket(int domain, int type, int protocol) {
  return Fails(Call::kSocket) ? -1 : RealSocket(domain, type, protocol);
}

int WrapAccept(int fd, sockaddr* address, socklen_t* length, int flags) {
  return Fails(Call::kAccept) ? -1 : RealAccept(fd, address, length, flags);
}

// An interrupted connect() goes on in the background, so this one is made even when it fails.
int WrapConnect(int fd, const sockaddr* address, socklen_t length) {
  const int error = Count(Call::kConnect);
  if (error != 0 && error != EINTR) {
    errno = error;
    return -1;
  }
  const int connected = RealConnect(fd, address, length);
  if (error == 0) return connected;
  errno = EINTR;
  return -1;
}

ssize_t WrapReceive(int fd, void* data, size_t length, int flags) {
  if (Fails(Call::kReceive)) return -1;
  return RealReceive(fd, data, IsStream(fd) ? Allowed(length) : length, flags);
}

ssize_t WrapReceiveMessage(int fd, msghdr* message, int flags) {
  if (Fails(Call::kReceiveMessage)) return -1;
  const size_t length = LengthOf(*message);
  const size_t allowed = IsStream(fd) ? Allowed(length) : length;
  if (allowed == length) return RealReceiveMessage(fd, message, flags);
  std::vector<iovec> shortened = Shorten(*message, allowed);
  msghdr copy = *message;
  copy.msg_iov = shortened.data();
  copy.msg_iovlen = shortened.size();
  const ssize_t received = RealReceiveMessage(fd, &copy, flags);
  message->msg_flags = copy.msg_flags;
  return received;
}

int WrapReceiveMessages(int fd, mmsghdr* messages, unsigned count, int flags, timespec* timeout) {
  if (Fails(Call::kReceiveMessages)) return -1;
  return RealReceiveMessages(fd, messages, count, flags, timeout);
}

ssize_t WrapSend(int fd, const void* data, size_t length, int flags) {
  if (Fails(Call::kSend)) return -1;
  return RealSend(fd, data, IsStream(fd) ? Allowed(length) : length, flags);
}

ssize_t WrapSendFile(int out, int in, off_t* offset, size_t count) {
  return Fails(Call::kSendFile) ? -1 : RealSendFile(out, in, offset, Allowed(count));
}

ssize_t WrapSendMessage(int fd, const msghdr* message, int flags) {
  if (Fails(Call::kSendMessage)) return -1;
  const size_t length = LengthOf(*message);
  const size_t allowed = IsStream(fd) ? Allowed(length) : length;
  if (allowed == length) return RealSendMessage(fd, message, flags);
  std::vector<iovec> shortened = Shorten(*message, allowed);
  msghdr copy = *message;
  copy.msg_iov = shortened.data();
  copy.msg_iovlen = shortened.size();
  return RealSendMessage(fd, &copy, flags);
}

int WrapSendMessages(int fd, mmsghdr* messages, unsigned count, int flags) {
  if (Fails(Call::kSendMessages)) return -1;
  return RealSendMessages(fd, messages, AllowedToSend(count), flags);
}

int WrapSetOption(int fd, int level, int name, const void* value, socklen_t length) {
  return Fails(Call::kSetOption) ? -1 : RealSetOption(fd, level, name, value, length);
}

int WrapGetOption(int fd, int level, int name, void* value, socklen_t* length) {
  return Fails(Call::kGetOption) ? -1 : RealGetOption(fd, level, name, value, length);
}

int WrapShutdown(int fd, int how) {
  return Fails(Call::kShutdown) ? -1 : RealShutdown(fd, how);
}

// Fails as Linux does: the descriptor is closed all the same.
int WrapClose(int fd) {
  const int error = Count(Call::kClose);
  const auto observer = State().on_close;
  if (observer != nullptr) observer(fd);
  const int closed = RealClose(fd);
  if (error == 0) return closed;
  errno = error;
  return -1;
}

int WrapControlSet(int set, int operation, int fd, epoll_event* event) {
  return Fails(Call::kControlSet) ? -1 : RealControlSet(set, operation, fd, event);
}

int WrapAskSet(int set, epoll_event* events, int most, int wait_ms) {
  return Fails(Call::kAskSet) ? -1 : RealAskSet(set, events, most, wait_ms);
}

// Those that have no function of their own.
long WrapSystemCall(long number, ...) {
  constexpr size_t kMostArguments = 6;
  std::array<long, kMostArguments> all;
  va_list arguments;
  va_start(arguments, number);
  for (long& each : all) each = va_arg(arguments, long);
  va_end(arguments);
  if (number == SYS_io_uring_setup && Fails(Call::kSetUpRing)) return -1;
  if (number == SYS_io_uring_enter && Fails(Call::kEnterRing)) return -1;
  return RealSystemCall(number, all[0], all[1], all[2], all[3], all[4], all[5]);
}

}  // namespace saea::test

#endif
