// Windows: finds the functions of Node in the process that loads the addon, whatever its file is
// called (node.exe, electron.exe, a single executable). An ordinary import names the file; a
// delayed one goes through a piece of code that, as binutils 2.40 makes it, loses floating-point
// arguments of the first call.
//
// Each member of the library that scripts/prebuild/host-functions.mjs makes adds one Entry between
// the two below; the linker orders the parts of .saea by what follows the dollar sign.

#include <windows.h>

typedef struct {
  const char* name;
  FARPROC* slot;
} Entry;

__attribute__((section(".saea$a"), aligned(16))) const Entry saea_host_functions = {0};
__attribute__((section(".saea$z"), aligned(16))) static const Entry kEnd = {0};

// FALSE makes require() throw, where JavaScript can catch it.
BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved) {
  (void)self, (void)reserved;
  if (reason != DLL_PROCESS_ATTACH) return TRUE;
  const HMODULE host = GetModuleHandleW(NULL);
  const HMODULE library = GetModuleHandleW(L"libnode.dll");
  for (const Entry* entry = &saea_host_functions + 1; entry < &kEnd; ++entry) {
    if (entry->name == NULL) continue;  // padding
    FARPROC found = GetProcAddress(host, entry->name);
    if (found == NULL && library != NULL) found = GetProcAddress(library, entry->name);
    if (found == NULL) return FALSE;
    *entry->slot = found;
  }
  return TRUE;
}
