#include "socket/datagrams.h"

#include "os/numbers.h"
#include "socket/window.h"

namespace saea::socket {

namespace {

struct Batch {
  os::Datagram datagrams[os::kMaxDatagrams];
  engine::Operation* operations[os::kMaxDatagrams];
  size_t count = 0;
};

// Those first in line, up to one that must go alone.
void Gather(const engine::OperationQueue& waiting, Batch& batch) {
  engine::Operation* operation = waiting.front();
  while (operation != nullptr && batch.count < os::kMaxDatagrams) {
    if (!Joins(*operation, batch.datagrams[batch.count])) return;
    batch.operations[batch.count++] = operation;
    operation = waiting.Behind(*operation);
  }
}

}  // namespace

bool Joins(engine::Operation& operation, os::Datagram& datagram) {
  return operation.buffers().is_attached() && VerbOf(operation.kind()).join(operation, datagram);
}

bool JoinWindow(engine::Operation& operation, os::Datagram& datagram) {
  const bool is_plain =
      !operation.buffers().is_list() && operation.record().socket_flags == os::socket_flags::kNone;
  if (!is_plain) return false;
  datagram.span = RemainingWindow(operation);
  datagram.address = nullptr;
  datagram.packet_information = nullptr;
  return true;
}

Together PerformTogether(os::Descriptor descriptor, Side side,
                         const engine::OperationQueue& waiting, os::Segmenting& segmenting) {
  Batch batch;
  Together together;
  Gather(waiting, batch);
  if (batch.count < 2) {
    together.must_go_alone = true;
    return together;
  }
  bool is_drained = false;
  const os::Result moved =
      side == Side::kRead
          ? os::ReceiveDatagrams(descriptor, batch.datagrams, batch.count, is_drained)
          : os::SendDatagrams(descriptor, batch.datagrams, batch.count, segmenting);
  together.may_be_ready = !is_drained && !moved.would_block();
  if (moved.would_block()) return together;
  if (!moved.ok()) {
    batch.operations[0]->SetResult(moved.error, moved.native_error);
    together.done_count = 1;
    together.may_be_ready = true;  // the others have not been tried
    return together;
  }
  together.done_count = static_cast<size_t>(moved.value);
  for (size_t i = 0; i < together.done_count; ++i) {
    engine::Operation& operation = *batch.operations[i];
    operation.AddProgress(batch.datagrams[i].length);
    const uint32_t flags = side == Side::kRead ? batch.datagrams[i].flags : 0;
    operation.SetResult(os::socket_error::kSuccess, 0, flags);
  }
  return together;
}

}  // namespace saea::socket
