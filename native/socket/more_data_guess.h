// Whether more lies behind a receive that filled its buffer, which nobody says. Trying it costs a
// system call if there is nothing; waiting costs a turn of the loop if there is. So the last tries
// decide: a stream that is longer than the buffer is tried every time, and messages that are just
// as long as the buffer, where every try would be in vain, are waited for.

#ifndef SAEA_SOCKET_MORE_DATA_GUESS_H_
#define SAEA_SOCKET_MORE_DATA_GUESS_H_

#include <cstdint>

namespace saea::socket {

// One byte, as every socket has one: the tries in vain since the last that was not, or, from
// kVainTries on, how often to wait until the next try.
class MoreDataGuess {
 public:
  // A buffer has been filled: whether to try for more at once.
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

#endif  // SAEA_SOCKET_MORE_DATA_GUESS_H_
