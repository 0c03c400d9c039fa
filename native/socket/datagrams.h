// Several operations of a datagram socket in one system call: those first in line that can go
// together. Each has its own buffer, address and result, as if it had been performed alone.

#ifndef SAEA_SOCKET_DATAGRAMS_H_
#define SAEA_SOCKET_DATAGRAMS_H_

#include "engine/operation_queue.h"
#include "os/datagrams.h"
#include "socket/verbs.h"

namespace saea::socket {

// Whether an operation can go together with others; if so, what it moves. One that cannot finds out
// at once what is wrong with it, or finds nothing.
bool Joins(engine::Operation& operation, os::Datagram& datagram);

// The window of an operation that has no list and no flags, with no address; false for others.
bool JoinWindow(engine::Operation& operation, os::Datagram& datagram);

// What came of it.
struct Together {
  size_t done_count = 0;       // so many first in line have their results
  bool may_be_ready = true;    // false: another call would block
  bool must_go_alone = false;  // nothing was tried: the first in line does not go with others
};

Together PerformTogether(os::Descriptor descriptor, Side side,
                         const engine::OperationQueue& waiting, os::Segmenting& segmenting);

}  // namespace saea::socket

#endif  // SAEA_SOCKET_DATAGRAMS_H_
