// Operations on their way down from lib, in the order in which they were posted. Lib calls native
// when it wants to know what became of the newest. While handlers run it need not: an operation
// that is going to wait in any case is taken with all the others when they have run.

#ifndef SAEA_SOCKET_SUBMISSION_RING_H_
#define SAEA_SOCKET_SUBMISSION_RING_H_

#include "abi/abi.h"
#include "engine/operation_table.h"

namespace saea::socket {

class SocketTable;

class SubmissionRing {
 public:
  // The shared ring, which must outlive this object, as must the tables.
  SubmissionRing(abi::Submissions& shared, engine::OperationTable& operations, SocketTable& sockets)
      : shared_(shared), operations_(operations), sockets_(sockets) {}
  SubmissionRing(const SubmissionRing&) = delete;
  SubmissionRing& operator=(const SubmissionRing&) = delete;

  bool empty() const { return shared_.head == shared_.tail; }

  // Submits all that was posted. Lib has called them pending, and so their results go through the
  // completion ring.
  void TakeAll();

  // The same, and answers what became of the newest, which may finish at once.
  void TakeAllAndAnswer();

 private:
  abi::Submission Take(bool may_finish_now);

  abi::Submissions& shared_;
  engine::OperationTable& operations_;
  SocketTable& sockets_;
};

}  // namespace saea::socket

#endif  // SAEA_SOCKET_SUBMISSION_RING_H_
