#include "engine/memory_region.h"

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

}  // namespace

void BufferSet::Clear() {
  if (is_list()) {
    for (uint32_t i = 0; i < list_count(); ++i) {
      if (segments()[i].region != nullptr) segments()[i].region->Unref();
    }
    delete[] segments();
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
  single_.data = reinterpret_cast<uint8_t*>(new Segment[count]);
  single_.length_bytes = count;
}

bool BufferSet::SetSegment(uint32_t index, MemoryRegion& region, size_t offset,
                           size_t length_bytes) {
  CHECK(is_list() && index < list_count() && segments()[index].region == nullptr);
  return MakeSegment(region, offset, length_bytes, segments()[index]);
}

bool BufferSet::is_list_attached() const {
  for (uint32_t i = 0; i < list_count(); ++i) {
    if (segments()[i].region != nullptr && !segments()[i].region->is_attached()) return false;
  }
  return true;
}

}  // namespace saea::engine
