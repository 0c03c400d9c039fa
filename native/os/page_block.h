// Zeroed memory that starts on a page. Of a large block, pages that nobody touches cost nothing.

#ifndef SAEA_OS_PAGE_BLOCK_H_
#define SAEA_OS_PAGE_BLOCK_H_

#include <cstddef>
#include <cstdint>

namespace saea::os {

class PageBlock {
 public:
  static constexpr size_t kPageBytes = 4096;

  explicit PageBlock(size_t length_bytes);
  ~PageBlock();
  PageBlock(const PageBlock&) = delete;
  PageBlock& operator=(const PageBlock&) = delete;

  uint8_t* data() const { return data_; }  // null if there was no memory left
  size_t length_bytes() const { return length_bytes_; }

 private:
  void* allocation_ = nullptr;
  uint8_t* data_ = nullptr;
  const size_t length_bytes_;
};

}  // namespace saea::os

#endif  // SAEA_OS_PAGE_BLOCK_H_
