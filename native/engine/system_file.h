// What the system calls a file that Node has opened. On Windows Node's numbers belong to the C
// library inside its executable, which no addon can ask; libuv can. Elsewhere they are the system's
// own.

#ifndef SAEA_ENGINE_SYSTEM_FILE_H_
#define SAEA_ENGINE_SYSTEM_FILE_H_

#include <uv.h>

#include <cstdint>

namespace saea::engine {

// -1 if there is no such file.
inline intptr_t ToSystemFile(int descriptor) {
  return (intptr_t)uv_get_osfhandle(descriptor);  // a pointer on Windows, an int elsewhere
}

}  // namespace saea::engine

#endif  // SAEA_ENGINE_SYSTEM_FILE_H_
