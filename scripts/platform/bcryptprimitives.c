// Wine 8 has no bcryptprimitives.dll, which jest's module resolver, written in Rust, asks for.

#include <windows.h>
// After windows.h, which it builds upon.
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T length) {
  return RtlGenRandom(bytes, (ULONG)length);
}
