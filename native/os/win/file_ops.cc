#include "os/file_ops.h"

#include <algorithm>
#include <cerrno>
#include <string>

#include "os/win/winsock.h"

namespace saea::os {

namespace {

// What is read and sent at once. The stack holds it.
constexpr DWORD kBlockBytes = 65536;

constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

HANDLE ToHandle(FileDescriptor file) {
  return reinterpret_cast<HANDLE>(file);
}

// Lib knows the errors of files by errno, which the C library has on Windows too.
int ToErrno(DWORD error) {
  switch (error) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_INVALID_NAME:
    case ERROR_BAD_PATHNAME:
    case ERROR_BAD_NETPATH:
      return ENOENT;
    case ERROR_PATH_NOT_FOUND:
      return ENOTDIR;
    case ERROR_ACCESS_DENIED:
      return EACCES;
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
      return EBUSY;
    case ERROR_TOO_MANY_OPEN_FILES:
      return EMFILE;
    case ERROR_INVALID_HANDLE:
      return EBADF;
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
      return ENOMEM;
    default:
      return EIO;
  }
}

Result FileFailure(int error) {
  return {0, socket_error::kUnspecified, error};
}

Result LastFileFailure() {
  return FileFailure(ToErrno(GetLastError()));
}

Result FromHandle(HANDLE handle) {
  if (handle == INVALID_HANDLE_VALUE) return LastFileFailure();
  return {reinterpret_cast<intptr_t>(handle), socket_error::kSuccess, 0};
}

std::wstring ToWide(const char* utf8) {
  const int length = MultiByteToWideChar(CP_UTF8, 0, utf8, -1, nullptr, 0);
  if (length == 0) return std::wstring();
  std::wstring wide(static_cast<size_t>(length), L'\0');
  MultiByteToWideChar(CP_UTF8, 0, utf8, -1, wide.data(), length);
  return wide;
}

bool IsFolder(const wchar_t* path) {
  const DWORD attributes = GetFileAttributesW(path);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

// Reads at an offset. value is the number of bytes, 0 behind the end of the file.
Result ReadAt(FileDescriptor file, uint64_t offset, uint8_t* block, size_t length) {
  OVERLAPPED at = {};
  at.Offset = static_cast<DWORD>(offset);
  at.OffsetHigh = static_cast<DWORD>(offset >> 32);
  DWORD bytes = 0;
  const auto wanted = static_cast<DWORD>(std::min<size_t>(length, kBlockBytes));
  if (ReadFile(ToHandle(file), block, wanted, &bytes, &at) == 0 &&
      GetLastError() != ERROR_HANDLE_EOF) {
    return LastFileFailure();
  }
  return {static_cast<int64_t>(bytes), socket_error::kSuccess, 0};
}

}  // namespace

Result OpenFile(const char* path_utf8) {
  const std::wstring path = ToWide(path_utf8);
  const Result opened = FromHandle(CreateFileW(path.c_str(), GENERIC_READ, kShareAll, nullptr,
                                               OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
  // Folders are opened by other means, and refused as if it were forbidden.
  if (!opened.ok() && IsFolder(path.c_str())) return FileFailure(EISDIR);
  if (opened.ok() && GetFileType(ToHandle(opened.value)) == FILE_TYPE_PIPE) {
    CloseFile(opened.value);
    return FileFailure(ESPIPE);
  }
  return opened;
}

void CloseFile(FileDescriptor file) {
  CloseHandle(ToHandle(file));
}

// Opened anew: a duplicate would share the place in the file, which ReadFile moves, with the user.
Result DuplicateFile(FileDescriptor file) {
  if (file == kNoFile) return FileFailure(EBADF);
  return FromHandle(ReOpenFile(ToHandle(file), GENERIC_READ, kShareAll, 0));
}

Result GetFileLength(FileDescriptor file) {
  LARGE_INTEGER length;
  if (GetFileSizeEx(ToHandle(file), &length) == 0) return LastFileFailure();
  return {length.QuadPart, socket_error::kSuccess, 0};
}

// Windows does not tell.
bool IsFileCached(FileDescriptor, uint64_t, size_t) {
  return false;
}

void ReadFileAhead(FileDescriptor file, uint64_t offset, size_t length) {
  uint8_t block[kBlockBytes];
  const uint64_t end = offset + length;
  while (offset < end) {
    const Result read = ReadAt(file, offset, block, static_cast<size_t>(end - offset));
    if (read.value == 0) return;  // SendFile will find out what is the matter
    offset += static_cast<uint64_t>(read.value);
  }
}

// Not TransmitFile, which on a socket without a completion port waits until the peer has taken
// everything, non-blocking or not. What is read here was read ahead, and comes from memory.
Result SendFile(Descriptor socket, FileDescriptor file, uint64_t offset, size_t length) {
  uint8_t block[kBlockBytes];
  size_t taken = 0;
  while (taken < length) {
    const Result read = ReadAt(file, offset + taken, block, length - taken);
    if (!read.ok()) return read;
    if (read.value == 0) break;
    const auto given = static_cast<size_t>(read.value);
    const Result sent = Send(socket, {block, given}, 0);
    if (!sent.ok() && taken == 0) return sent;
    if (!sent.ok()) break;  // the next call will say it again
    taken += static_cast<size_t>(sent.value);
    if (static_cast<size_t>(sent.value) < given) break;
  }
  return {static_cast<int64_t>(taken), socket_error::kSuccess, 0};
}

}  // namespace saea::os
