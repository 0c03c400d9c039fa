#include "os/file_ops.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#ifdef __linux__
#include <signal.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#endif

#include "os/posix/system_call.h"

namespace saea::os {

namespace {

int ToFd(FileDescriptor file) {
  return static_cast<int>(file);
}

#ifdef __linux__
constexpr long kCachestat = 451;  // the same on all architectures; since Linux 6.5

struct CacheRange {
  uint64_t offset;
  uint64_t length;
};

struct CacheStatistics {
  uint64_t cached;
  uint64_t dirty;
  uint64_t writeback;
  uint64_t evicted;
  uint64_t recently_evicted;
};

// How many pages of the range are cached; -1 where the system cannot say.
int64_t CountCachedPages(int fd, uint64_t offset, size_t length) {
  const CacheRange range = {offset, length};
  CacheStatistics statistics = {};
  if (syscall(kCachestat, fd, &range, &statistics, 0) != 0) return -1;
  return static_cast<int64_t>(statistics.cached);
}

// Whether one byte can be read without waiting; true where the file system cannot say.
bool IsByteCached(int fd, uint64_t offset) {
  uint8_t byte;
  const iovec vector = {&byte, 1};
  const ssize_t read = preadv2(fd, &vector, 1, static_cast<off_t>(offset), RWF_NOWAIT);
  return read >= 0 || errno != EAGAIN;
}

bool IsBrokenPipeIgnored() {
  struct sigaction action;
  return sigaction(SIGPIPE, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

// sendfile(2) on a broken connection raises SIGPIPE and, unlike send(2), knows no flag against it.
// Node ignores the signal, until somebody listens to it; a program that Node is a part of need not.
ssize_t SendFileQuietly(int socket, int file, off_t at, size_t length) {
  if (IsBrokenPipeIgnored()) return sendfile(socket, file, &at, length);
  sigset_t pipe;
  sigset_t before;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  const ssize_t sent = sendfile(socket, file, &at, length);
  const int error = errno;
  const timespec at_once = {0, 0};
  const bool was_raised = sent == -1 && error == EPIPE && sigismember(&before, SIGPIPE) == 0;
  if (was_raised) sigtimedwait(&pipe, nullptr, &at_once);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = error;
  return sent;
}
#endif

constexpr size_t kBlockBytes = 65536;

// The blocks of a part that are not all in the cache; by halves, as mostly few are missing.
void FindMissingBlocks(FileDescriptor file, uint64_t offset, size_t length,
                       std::vector<uint64_t>& missing) {
  if (IsFileCached(file, offset, length)) return;
  if (length <= kBlockBytes) {
    missing.push_back(offset);
    return;
  }
  const size_t blocks = (length + kBlockBytes - 1) / kBlockBytes;
  const size_t half = blocks / 2 * kBlockBytes;
  FindMissingBlocks(file, offset, half, missing);
  FindMissingBlocks(file, offset + half, length - half, missing);
}

}  // namespace

Result OpenFile(const char* path_utf8) {
  // Non-blocking: opening a FIFO would wait for somebody to write into it. Files do not heed it.
  const Result opened =
      Retry([&] { return open(path_utf8, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); });
  if (!opened.ok()) return opened;
  struct stat status;
  int error = fstat(ToFd(opened.value), &status) == 0 ? 0 : errno;
  if (error == 0 && S_ISDIR(status.st_mode)) error = EISDIR;
  if (error == 0 && S_ISFIFO(status.st_mode)) error = ESPIPE;
  if (error != 0) {
    close(ToFd(opened.value));
    return Failure(error);
  }
#ifdef __linux__
  // The system is not to read ahead of what is sent: it would do so on the thread that sends.
  posix_fadvise(ToFd(opened.value), 0, 0, POSIX_FADV_RANDOM);
#endif
  return opened;
}

void CloseFile(FileDescriptor file) {
  close(ToFd(file));
}

Result DuplicateFile(FileDescriptor file) {
  return FromReturn(fcntl(ToFd(file), F_DUPFD_CLOEXEC, 0));
}

Result GetFileLength(FileDescriptor file) {
  struct stat status;
  if (fstat(ToFd(file), &status) == -1) return Failure(errno);
  return {status.st_size, socket_error::kSuccess, 0};
}

bool IsFileCached(FileDescriptor file, uint64_t offset, size_t length) {
#ifdef __linux__
  const auto page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  const uint64_t first = offset / page;
  const uint64_t last = (offset + length - 1) / page;
  const int64_t cached = CountCachedPages(ToFd(file), offset, length);
  if (cached >= 0 && static_cast<uint64_t>(cached) < last - first + 1) return false;
  // Pages count as cached as soon as the disk was asked for them; reading tells whether they came.
  return IsByteCached(ToFd(file), offset) && IsByteCached(ToFd(file), offset + length - 1);
#else
  (void)file, (void)offset, (void)length;
  return false;
#endif
}

void ReadFileAhead(FileDescriptor file, uint64_t offset, size_t length) {
  std::vector<uint64_t> missing;
  FindMissingBlocks(file, offset, length, missing);
#ifdef __linux__
  posix_fadvise(ToFd(file), static_cast<off_t>(offset), static_cast<off_t>(length),
                POSIX_FADV_WILLNEED);
#endif
  // The advice makes large reads of small ones, but returns before the data is there.
  const uint64_t end = offset + length;
  uint8_t block[kBlockBytes];
  for (const uint64_t at : missing) {
    const size_t wanted = std::min<size_t>(kBlockBytes, end - at);
    // At the end of the file, or if it fails, SendFile will find out what is the matter.
    if (pread(ToFd(file), block, wanted, static_cast<off_t>(at)) <= 0) return;
  }
}

Result SendFile(Descriptor socket, FileDescriptor file, uint64_t offset, size_t length) {
#ifdef __linux__
  const auto at = static_cast<off_t>(offset);
  return Retry([&] { return SendFileQuietly(ToInt(socket), ToFd(file), at, length); });
#else
  auto sent = static_cast<off_t>(length);
  const int returned =
      sendfile(ToFd(file), ToInt(socket), static_cast<off_t>(offset), &sent, nullptr, 0);
  // macOS answers -1 and EAGAIN or EINTR after a part was sent, too.
  if (returned == -1 && sent == 0) return Failure(errno);
  return {sent, socket_error::kSuccess, 0};
#endif
}

}  // namespace saea::os
