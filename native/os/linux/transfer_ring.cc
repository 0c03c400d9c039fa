#include "os/linux/transfer_ring.h"

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/posix/system_call.h"

#if __has_include(<linux/io_uring.h>)
#include <linux/io_uring.h>
#endif

namespace saea::os {

// Headers of before Linux 5.7 cannot name what is used here.
#if defined(IORING_FEAT_FAST_POLL) && defined(SYS_io_uring_enter)

namespace {

// Of Linux 6.1, from which on this is used; the headers may be older.
constexpr uint32_t kSingleIssuer = 1U << 12;
constexpr uint32_t kDeferTaskrun = 1U << 13;

void* Map(int ring, size_t length_bytes, off_t what) {
  void* mapped =
      mmap(nullptr, length_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, what);
  return mapped == MAP_FAILED ? nullptr : mapped;
}

template <typename T>
T* At(void* base, uint32_t offset) {
  return reinterpret_cast<T*>(static_cast<uint8_t*>(base) + offset);
}

// The kernel touches the counters from this thread alone, inside io_uring_enter(); the order is
// what its contract asks for all the same.
uint32_t Load(const uint32_t* counter) {
  return __atomic_load_n(counter, __ATOMIC_ACQUIRE);
}

void Store(uint32_t* counter, uint32_t value) {
  __atomic_store_n(counter, value, __ATOMIC_RELEASE);
}

}  // namespace

bool TransferRing::Open() {
  io_uring_params params = {};
  params.flags = kSingleIssuer | kDeferTaskrun;
  descriptor_ = static_cast<int>(syscall(SYS_io_uring_setup, kMaxTransfers, &params));
  if (descriptor_ == -1 || (params.features & IORING_FEAT_SINGLE_MMAP) == 0) return false;
  const size_t requests_end = params.sq_off.array + params.sq_entries * sizeof(uint32_t);
  const size_t answers_end = params.cq_off.cqes + params.cq_entries * sizeof(io_uring_cqe);
  rings_length_bytes_ = requests_end > answers_end ? requests_end : answers_end;
  requests_length_bytes_ = params.sq_entries * sizeof(io_uring_sqe);
  rings_ = Map(descriptor_, rings_length_bytes_, IORING_OFF_SQ_RING);
  requests_ = static_cast<io_uring_sqe*>(Map(descriptor_, requests_length_bytes_, IORING_OFF_SQES));
  if (rings_ == nullptr || requests_ == nullptr) return false;
  request_head_ = At<uint32_t>(rings_, params.sq_off.head);
  request_tail_ = At<uint32_t>(rings_, params.sq_off.tail);
  request_mask_ = *At<uint32_t>(rings_, params.sq_off.ring_mask);
  answers_ = At<io_uring_cqe>(rings_, params.cq_off.cqes);
  answer_head_ = At<uint32_t>(rings_, params.cq_off.head);
  answer_tail_ = At<uint32_t>(rings_, params.cq_off.tail);
  answer_mask_ = *At<uint32_t>(rings_, params.cq_off.ring_mask);
  auto* order = At<uint32_t>(rings_, params.sq_off.array);
  for (uint32_t i = 0; i < params.sq_entries; ++i) order[i] = i;
  return true;
}

TransferRing::~TransferRing() {
  if (rings_ != nullptr) munmap(rings_, rings_length_bytes_);
  if (requests_ != nullptr) munmap(requests_, requests_length_bytes_);
  if (descriptor_ != -1) close(descriptor_);
}

// A request that does not wait is answered at once. Should one ever not be, its answer is awaited:
// beyond this call the caller's memory is not the kernel's.
size_t TransferRing::Perform(Transfer* transfers, size_t count) {
  for (size_t i = 0; i < count; ++i) Describe(transfers[i], static_cast<uint32_t>(i));
  const size_t taken = Submit(static_cast<uint32_t>(count));
  size_t collected = Collect(transfers);
  while (collected < taken) {
    Enter(0, static_cast<uint32_t>(taken - collected));
    collected += Collect(transfers);
  }
  return taken;
}

void TransferRing::Describe(const Transfer& transfer, uint32_t index) {
  io_uring_sqe& request = requests_[(*request_tail_ + index) & request_mask_];
  request = {};
  request.opcode = transfer.is_send ? IORING_OP_SEND : IORING_OP_RECV;
  request.fd = ToInt(transfer.socket);
  request.addr = reinterpret_cast<uintptr_t>(transfer.span.data);
  request.len = static_cast<uint32_t>(transfer.span.length);
  request.msg_flags = MSG_DONTWAIT | (transfer.is_send ? kNoSignal : 0);
  request.user_data = index;
}

// What the kernel did not take is not asked for any more.
size_t TransferRing::Submit(uint32_t count) {
  Store(request_tail_, *request_tail_ + count);
  const long entered = Enter(count, count);
  const size_t taken = entered > 0 ? static_cast<size_t>(entered) : 0;
  if (taken < count) Store(request_tail_, Load(request_head_));
  return taken;
}

size_t TransferRing::Collect(Transfer* transfers) {
  uint32_t head = *answer_head_;
  const uint32_t tail = Load(answer_tail_);
  const size_t count = tail - head;
  for (; head != tail; ++head) {
    const io_uring_cqe& answer = answers_[head & answer_mask_];
    transfers[answer.user_data].result =
        answer.res >= 0 ? Result{answer.res, socket_error::kSuccess, 0} : Failure(-answer.res);
  }
  Store(answer_head_, head);
  return count;
}

long TransferRing::Enter(uint32_t to_submit, uint32_t to_await) const {
  constexpr unsigned kFlags = IORING_ENTER_GETEVENTS;
  long entered;
  do {
    entered = syscall(SYS_io_uring_enter, descriptor_, to_submit, to_await, kFlags, nullptr, 0);
  } while (entered == -1 && errno == EINTR);
  return entered;
}

#else

TransferRing::~TransferRing() = default;

bool TransferRing::Open() {
  return false;
}

size_t TransferRing::Perform(Transfer*, size_t) {
  return 0;
}

#endif

}  // namespace saea::os
