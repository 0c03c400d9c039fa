#include "os/transfers.h"

namespace saea::os {

struct Transfers::Shared {};

Transfers::Transfers(bool) {}
Transfers::~Transfers() = default;

bool Transfers::share_calls() const {
  return false;
}

void Transfers::Perform(Transfer* transfers, size_t count) {
  for (size_t i = 0; i < count; ++i) PerformAlone(transfers[i]);
}

}  // namespace saea::os
