#include "socket/submission_ring.h"

#include "socket/socket_table.h"

namespace saea::socket {

void SubmissionRing::TakeAll() {
  while (!empty()) Take(false);
}

void SubmissionRing::TakeAllAndAnswer() {
  if (shared_.tail - shared_.head > 1) {
    while (shared_.tail - shared_.head > 1) Take(false);
    sockets_.transfers().Perform();
  }
  shared_.answer = static_cast<uint32_t>(Take(true));
}

abi::Submission SubmissionRing::Take(bool may_finish_now) {
  CHECK(!empty());
  const uint32_t slot = shared_.entries[shared_.head % abi::kRingEntries];
  ++shared_.head;
  engine::Operation& operation = operations_.at(slot);
  return sockets_.at(operation.record().socket_handle).Submit(operation, may_finish_now);
}

}  // namespace saea::socket
