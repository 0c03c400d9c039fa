// Large blocks come from the system, since calloc() is no promise of fresh pages: what a process
// has freed before, glibc hands out again, and clears every byte of it. Small ones come from the C
// library, as the system's come in whole pages and it limits how many there can be. Under the
// address sanitizer all do: it watches the ends of those.

#include "os/page_block.h"

#include <sys/mman.h>

#include <cstdlib>
#include <limits>

namespace saea::os {

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr size_t kLargeBytes = std::numeric_limits<size_t>::max();
#else
constexpr size_t kLargeBytes = 128 * 1024;
#endif

void* MapPages(size_t length_bytes) {
  void* const pages =
      mmap(nullptr, length_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return pages == MAP_FAILED ? nullptr : pages;
}

uint8_t* AlignToPage(void* allocation) {
  const auto address = reinterpret_cast<uintptr_t>(allocation);
  const uintptr_t padding = (0 - address) % PageBlock::kPageBytes;
  return static_cast<uint8_t*>(allocation) + padding;
}

}  // namespace

PageBlock::PageBlock(size_t length_bytes) : length_bytes_(length_bytes) {
  if (length_bytes > std::numeric_limits<size_t>::max() - kPageBytes) return;
  allocation_ = length_bytes >= kLargeBytes ? MapPages(length_bytes)
                                            : std::calloc(length_bytes + kPageBytes, 1);
  if (allocation_ != nullptr) data_ = AlignToPage(allocation_);
}

PageBlock::~PageBlock() {
  if (allocation_ == nullptr) return;
  if (length_bytes_ >= kLargeBytes) {
    munmap(allocation_, length_bytes_);
  } else {
    std::free(allocation_);
  }
}

}  // namespace saea::os
