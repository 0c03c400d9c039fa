#include "os/page_block.h"

#include <windows.h>

namespace saea::os {

PageBlock::PageBlock(size_t length_bytes) : length_bytes_(length_bytes) {
  // Nothing at all cannot be had, but is asked for.
  allocation_ = VirtualAlloc(nullptr, length_bytes == 0 ? 1 : length_bytes,
                             MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
  data_ = static_cast<uint8_t*>(allocation_);
}

PageBlock::~PageBlock() {
  if (allocation_ != nullptr) VirtualFree(allocation_, 0, MEM_RELEASE);
}

}  // namespace saea::os
