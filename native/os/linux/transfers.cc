#include "os/transfers.h"

#include "os/linux/transfer_ring.h"

namespace saea::os {

struct Transfers::Shared {
  TransferRing ring;
};

Transfers::Transfers(bool may_share_calls) {
  if (!may_share_calls) return;
  shared_ = std::make_unique<Shared>();
  if (!shared_->ring.Open()) shared_.reset();
}

Transfers::~Transfers() = default;

bool Transfers::share_calls() const {
  return shared_ != nullptr;
}

void Transfers::Perform(Transfer* transfers, size_t count) {
  const bool are_shared = shared_ != nullptr && count > 1;
  const size_t done = are_shared ? shared_->ring.Perform(transfers, count) : 0;
  for (size_t i = done; i < count; ++i) PerformAlone(transfers[i]);
}

}  // namespace saea::os
