// A file for a test, gone with this object.

#ifndef SAEA_TEST_NATIVE_SUPPORT_TEMPORARY_FILE_H_
#define SAEA_TEST_NATIVE_SUPPORT_TEMPORARY_FILE_H_

#include <string>

namespace saea::test {

class TemporaryFile {
 public:
  // With these bytes.
  explicit TemporaryFile(const std::string& content);
  // Of so many zeros, none of which is in the system's cache, where the file system has holes.
  explicit TemporaryFile(size_t length_bytes);
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();

  const std::string& path() const { return path_; }
  int descriptor() const { return descriptor_; }
  void Resize(size_t length_bytes) const;

 private:
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace saea::test

#endif  // SAEA_TEST_NATIVE_SUPPORT_TEMPORARY_FILE_H_
