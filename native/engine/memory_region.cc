#include "engine/memory_region.h"

#include <cstdlib>
#include <limits>

namespace saea::engine {

namespace {

// True and filled in if [offset, offset + length) lies inside the region. This is the one place
// where an offset becomes a pointer.
bool MakeSegment(MemoryRegion& region, size_t offset, size_t length_bytes, Segment& segment) {
  if (offset > region.length_bytes() || length_bytes > region.length_bytes() - offset) return false;
  // Offsets and counts are .NET's int, so nothing beyond 2^32 can ever be addressed.
  constexpr size_t kMost = std::numeric_limits<uint32_t>::max();
  segment.region = &region;
  segment.data = region.data() + offset;
  segment.length_bytes = static_cast<uint32_t>(length_bytes < kMost ? length_bytes : kMost);
  region.Ref();
  return true;
}

uint8_t* AlignToPage(void* allocation) {
  if (allocation == nullptr) return nullptr;
  const auto address = reinterpret_cast<uintptr_t>(allocation);
  const uintptr_t padding = (0 - address) % PageBlock::kPageBytes;
  return static_cast<uint8_t*>(allocation) + padding;
}

}  // namespace

void BufferSet::Clear() {
  if (list_ != nullptr) {
    for (uint32_t i = 0; i < list_count(); ++i) {
      if (list_[i].region != nullptr) list_[i].region->Unref();
    }
    delete[] list_;
    list_ = nullptr;
  } else if (single_.region != nullptr) {
    single_.region->Unref();
  }
  single_ = Segment();
}

bool BufferSet::SetSingle(MemoryRegion& region, size_t offset, size_t length_bytes) {
  Segment segment;
  if (!MakeSegment(region, offset, length_bytes, segment)) return false;
  Clear();  // after Ref(): the region may be the one that is being replaced
  single_ = segment;
  return true;
}

void BufferSet::BeginList(uint32_t count) {
  Clear();
  list_ = new Segment[count];
  single_.length_bytes = count;
}

bool BufferSet::SetSegment(uint32_t index, MemoryRegion& region, size_t offset,
                           size_t length_bytes) {
  CHECK(list_ != nullptr && index < list_count() && list_[index].region == nullptr);
  return MakeSegment(region, offset, length_bytes, list_[index]);
}

bool BufferSet::is_list_attached() const {
  for (uint32_t i = 0; i < list_count(); ++i) {
    if (list_[i].region != nullptr && !list_[i].region->is_attached()) return false;
  }
  return true;
}

PageBlock::PageBlock(size_t length_bytes)
    : allocation_(length_bytes > std::numeric_limits<size_t>::max() - kPageBytes
                      ? nullptr
                      : std::calloc(length_bytes + kPageBytes, 1)),
      data_(AlignToPage(allocation_)),
      length_bytes_(length_bytes) {}

PageBlock::~PageBlock() {
  std::free(allocation_);
}

}  // namespace saea::engine
