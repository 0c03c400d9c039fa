// Registered memory: a slab of ours or an ArrayBuffer of the user's, and the parts of it that an
// operation moves bytes to and from. "Registered" buys a stable address without a lookup per
// operation; nothing is pinned in the kernel.
//
// Who keeps the memory alive: for a slab, the region itself (it frees the pages when the last
// reference goes). For an ArrayBuffer, lib: the event args hold the view, and event args in flight
// are held by lib/internal/slots.ts. The user may detach such a buffer at any time (transfer()), so
// is_attached() is asked each time before bytes are moved.

#ifndef SAEA_ENGINE_MEMORY_REGION_H_
#define SAEA_ENGINE_MEMORY_REGION_H_

#include <cstddef>
#include <cstdint>

#include "engine/check.h"

namespace saea::engine {

class MemoryRegion {
 public:
  // What differs between a slab and somebody's ArrayBuffer; supplied by whoever made the region.
  struct Owner {
    bool (*is_attached)(const MemoryRegion& region);  // null: the memory cannot be taken away
    void (*on_unreferenced)(MemoryRegion& region);    // frees the region, and what it alone holds
  };

  MemoryRegion(uint8_t* data, size_t length_bytes, const Owner& owner, void* context)
      : data_(data), length_bytes_(length_bytes), owner_(owner), context_(context) {}
  MemoryRegion(const MemoryRegion&) = delete;
  MemoryRegion& operator=(const MemoryRegion&) = delete;

  uint8_t* data() const { return data_; }
  size_t length_bytes() const { return length_bytes_; }
  void* context() const { return context_; }

  bool is_attached() const { return owner_.is_attached == nullptr || owner_.is_attached(*this); }

  void Ref() { ++references_; }
  void Unref() {
    CHECK(references_ > 0);
    if (--references_ == 0) owner_.on_unreferenced(*this);
  }

 private:
  uint8_t* const data_;
  const size_t length_bytes_;
  const Owner& owner_;
  void* const context_;
  uint32_t references_ = 1;  // that of the ArrayBuffer seen by JavaScript
};

// A checked part of a region. Lengths are 32 bits: offsets and counts are .NET's int.
struct Segment {
  MemoryRegion* region = nullptr;
  uint8_t* data = nullptr;
  uint32_t length_bytes = 0;
};

// The memory one operation uses: nothing, one segment, or a list of them (BufferList). Set by
// setBuffer and bufferList, kept until replaced, and so read without any check of ranges per
// operation except that of the window (offset, count).
class BufferSet {
 public:
  BufferSet() = default;
  BufferSet(const BufferSet&) = delete;
  BufferSet& operator=(const BufferSet&) = delete;
  ~BufferSet() { Clear(); }

  void Clear();

  // The part of the region that starts at offset; false if it does not lie inside.
  bool SetSingle(MemoryRegion& region, size_t offset, size_t length_bytes);

  // A list of count segments, to be filled with SetSegment from 0 to count - 1.
  void BeginList(uint32_t count);
  bool SetSegment(uint32_t index, MemoryRegion& region, size_t offset, size_t length_bytes);

  bool is_list() const { return single_.region == nullptr && single_.data != nullptr; }
  const Segment& single() const { return single_; }
  const Segment* list() const { return segments(); }
  uint32_t list_count() const { return single_.length_bytes; }

  // False if the user has taken away any of the memory (a detached ArrayBuffer).
  bool is_attached() const {
    if (single_.region != nullptr) return single_.region->is_attached();
    return single_.data == nullptr || is_list_attached();
  }

 private:
  bool is_list_attached() const;

  Segment* segments() const { return reinterpret_cast<Segment*>(single_.data); }

  // A list has no region of its own; data then stands for its segments, which are owned, and
  // length_bytes is their number. So an operation fits into one cache line.
  Segment single_;
};

}  // namespace saea::engine

#endif  // SAEA_ENGINE_MEMORY_REGION_H_
