// The system calls that native/os makes, counted, and made to fail when a test wants it. The linker
// leads them here (--wrap, see CMakeLists.txt); where it cannot, AreCallsWrapped() is false and
// tests that need this are skipped. Tests' own peers use read() and write(), which nobody counts.
// Of what io_uring performs only the entering is counted; it can be made to fail, and then each
// call is made by itself.

#ifndef SAEA_TEST_NATIVE_SUPPORT_FAULTS_H_
#define SAEA_TEST_NATIVE_SUPPORT_FAULTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace saea::test {

enum class Call : uint8_t {
  kSocket,
  kAccept,
  kConnect,
  kReceive,
  kReceiveMessage,
  kReceiveMessages,
  kSend,
  kSendMessage,
  kSendMessages,
  kSetOption,
  kGetOption,
  kShutdown,
  kClose,
  kSendFile,
  kSetUpRing,
  kEnterRing,
  kControlSet,
  kAskSet,
};
constexpr size_t kCallKinds = 18;

bool AreCallsWrapped();

#define REQUIRE_WRAPPED_CALLS() \
  if (!::saea::test::AreCallsWrapped()) SKIP("the linker here cannot wrap system calls")

// How often calls were made since it was constructed, those that were made to fail included.
class CallCounter {
 public:
  CallCounter();
  uint32_t of(Call call) const;

 private:
  std::array<uint32_t, kCallKinds> before_;
};

// While it lives, calls go wrong as told. One at a time.
class Faults {
 public:
  explicit Faults(uint32_t seed = 1);
  Faults(const Faults&) = delete;
  Faults& operator=(const Faults&) = delete;
  ~Faults();

  // So many calls fail, without being made, after others were let through.
  void Fail(Call call, int error, uint32_t times = 1, uint32_t after = 0);

  // Of a thousand calls so many fail, at random. Several errors add up.
  void FailSome(Call call, int error, uint32_t per_mille);

  // No call on a stream moves more bytes than this.
  void LimitBytes(size_t most);

  // No call sends more datagrams than this.
  void LimitSentDatagrams(uint32_t most);

  // … than a random number from 1 to this.
  void LimitBytesAtRandom(size_t most);

  struct Plan;

 private:
  const std::unique_ptr<Plan> plan_;
};

// While it lives, nothing fails: for calls that tests make for themselves.
class FaultPause {
 public:
  FaultPause();
  FaultPause(const FaultPause&) = delete;
  FaultPause& operator=(const FaultPause&) = delete;
  ~FaultPause();

 private:
  Faults::Plan* const plan_;
};

// Called with every descriptor that is about to be closed. Null ends it.
void ObserveClose(void (*observer)(int descriptor));

}  // namespace saea::test

#endif  // SAEA_TEST_NATIVE_SUPPORT_FAULTS_H_
