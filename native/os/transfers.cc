#include "os/transfers.h"

#include "os/numbers.h"

namespace saea::os {

void PerformAlone(Transfer& transfer) {
  transfer.result = transfer.is_send ? Send(transfer.socket, transfer.span, socket_flags::kNone)
                                     : Receive(transfer.socket, transfer.span, socket_flags::kNone);
}

}  // namespace saea::os
