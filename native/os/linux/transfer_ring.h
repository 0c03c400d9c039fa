// A ring of requests to the kernel (io_uring), used for nothing but sharing a call: every request
// is one that never waits (MSG_DONTWAIT), so all of them are over when the call returns, and the
// ring is empty between two calls.

#ifndef SAEA_OS_LINUX_TRANSFER_RING_H_
#define SAEA_OS_LINUX_TRANSFER_RING_H_

#include "os/transfers.h"

// The system's own, named here so that old headers do for this one.
struct io_uring_sqe;
struct io_uring_cqe;

namespace saea::os {

class TransferRing {
 public:
  TransferRing() = default;
  TransferRing(const TransferRing&) = delete;
  TransferRing& operator=(const TransferRing&) = delete;
  ~TransferRing();

  // False if the system has no such ring, or refuses one (containers often do).
  bool Open();

  // Performs the first of so many transfers, at most kMaxTransfers, and sets their results; returns
  // how many, which is fewer than all only if the kernel lacks memory.
  size_t Perform(Transfer* transfers, size_t count);

 private:
  void Describe(const Transfer& transfer, uint32_t index);
  size_t Submit(uint32_t count);
  size_t Collect(Transfer* transfers);
  long Enter(uint32_t to_submit, uint32_t to_await) const;

  int descriptor_ = -1;
  void* rings_ = nullptr;
  size_t rings_length_bytes_ = 0;
  io_uring_sqe* requests_ = nullptr;
  size_t requests_length_bytes_ = 0;
  uint32_t* request_head_ = nullptr;
  uint32_t* request_tail_ = nullptr;
  uint32_t request_mask_ = 0;
  io_uring_cqe* answers_ = nullptr;
  uint32_t* answer_head_ = nullptr;
  uint32_t* answer_tail_ = nullptr;
  uint32_t answer_mask_ = 0;
};

}  // namespace saea::os

#endif  // SAEA_OS_LINUX_TRANSFER_RING_H_
