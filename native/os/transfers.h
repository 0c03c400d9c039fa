// Contract for receives and sends of several streams in one system call, where the system has such
// a call (io_uring of Linux); elsewhere one call for each. Beside socket_ops.h, whose rules hold
// here too.

#ifndef SAEA_OS_TRANSFERS_H_
#define SAEA_OS_TRANSFERS_H_

#include <memory>

#include "os/socket_ops.h"

namespace saea::os {

// One of them: a Receive or a Send without flags.
struct Transfer {
  Descriptor socket;
  Span span;
  bool is_send;
  Result result;
};

// The call for one.
void PerformAlone(Transfer& transfer);

// The most that are performed together.
constexpr size_t kMaxTransfers = 32;

class Transfers {
 public:
  // may_share_calls: false if the user would rather not have it.
  explicit Transfers(bool may_share_calls);
  ~Transfers();
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  // Whether they share calls here. If not, nothing is gained by waiting for others.
  bool share_calls() const;

  // Performs at most kMaxTransfers, of which no two are on the same side of a socket, and sets
  // their results.
  void Perform(Transfer* transfers, size_t count);

 private:
  struct Shared;
  std::unique_ptr<Shared> shared_;  // null where they do not
};

}  // namespace saea::os

#endif  // SAEA_OS_TRANSFERS_H_
