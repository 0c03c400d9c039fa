#include "support/temporary_file.h"

#include <stdlib.h>
#include <unistd.h>

#include <cstdlib>

namespace saea::test {

namespace {

std::string Folder() {
  const char* named = std::getenv("TMPDIR");
  return named == nullptr || *named == '\0' ? "/tmp" : named;
}

}  // namespace

TemporaryFile::TemporaryFile(const std::string& content) : TemporaryFile(size_t{0}) {
  const auto written = write(descriptor_, content.data(), content.size());
  if (written != static_cast<ssize_t>(content.size())) std::abort();
}

TemporaryFile::TemporaryFile(size_t length_bytes) : path_(Folder() + "/saea-XXXXXX") {
  descriptor_ = mkstemp(path_.data());
  if (descriptor_ == -1) std::abort();
  Resize(length_bytes);
}

TemporaryFile::~TemporaryFile() {
  close(descriptor_);
  unlink(path_.c_str());
}

void TemporaryFile::Resize(size_t length_bytes) const {
  if (ftruncate(descriptor_, static_cast<off_t>(length_bytes)) != 0) std::abort();
}

}  // namespace saea::test
