// Whether there is more behind a receive that filled its buffer, where nobody says and asking costs
// a system call: in vain, if there is none; not asking costs a turn of the loop if there is. So the
// last times decide: what always has more is asked every time, and what never has is left alone but
// for a try now and then.

#ifndef SAEA_SOCKET_MORE_GUESS_H_
#define SAEA_SOCKET_MORE_GUESS_H_

#include <cstdint>

namespace saea::socket {

// One byte, as every socket has one: the tries in vain since the last that was not, or, from
// kVainTries on, how often to wait until the next try.
class MoreGuess {
 public:
  // Whether to ask now.
  bool IsWorthTrying() {
    if (state_ < kVainTries) return true;
    --state_;
    return false;
  }

  // How the try went.
  void Learn(bool had_more) {
    if (had_more) {
      state_ = 0;
    } else if (++state_ == kVainTries) {
      state_ += kWaits - 1;
    }
  }

 private:
  // Chosen by measurement: docs/decisions/0024-after-a-full-buffer.md.
  static constexpr uint8_t kVainTries = 2;
  static constexpr uint8_t kWaits = 16;

  uint8_t state_ = 0;
};

}  // namespace saea::socket

#endif  // SAEA_SOCKET_MORE_GUESS_H_
