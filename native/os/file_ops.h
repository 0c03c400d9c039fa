// The platform contract for files, as far as sending them over sockets needs it.

#ifndef SAEA_OS_FILE_OPS_H_
#define SAEA_OS_FILE_OPS_H_

#include "os/socket_ops.h"

namespace saea::os {

using FileDescriptor = intptr_t;
constexpr FileDescriptor kNoFile = -1;

// Opens a file for reading; value is the descriptor, and native_error is errno or its like on
// failure. Fails for directories (EISDIR) and for FIFOs (ESPIPE); never waits for a writer.
Result OpenFile(const char* path_utf8);
void CloseFile(FileDescriptor file);

// Another descriptor of an open file, so that nobody else can close it; value is the descriptor.
Result DuplicateFile(FileDescriptor file);

// value is the length in bytes.
Result GetFileLength(FileDescriptor file);

// True if sending this part would not wait for a disk, as far as can be told.
bool IsFileCached(FileDescriptor file, uint64_t offset, size_t length);

// Brings this part into the system's cache. May wait for a disk: not for the loop's thread.
void ReadFileAhead(FileDescriptor file, uint64_t offset, size_t length);

// Sends a part of a file without copying it through the process. value is the number of bytes
// taken; 0 means that the file ends before the part.
Result SendFile(Descriptor socket, FileDescriptor file, uint64_t offset, size_t length);

}  // namespace saea::os

#endif  // SAEA_OS_FILE_OPS_H_
