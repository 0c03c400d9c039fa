// How the benchmark's programs give up; see fail.h.

#include "common/fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void FailPrint(const char* format, va_list arguments) {
  fputs(program_invocation_short_name, stderr);
  fputs(": ", stderr);
  vfprintf(stderr, format, arguments);
}

void Fail(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  FailPrint(format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  exit(kExitFailed);
}

void FailUsage(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  FailPrint(format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  exit(kExitUsage);
}

void FailErrno(const char* format, ...) {
  const int error = errno;
  va_list arguments;
  va_start(arguments, format);
  FailPrint(format, arguments);
  va_end(arguments);
  fprintf(stderr, ": %s\n", strerror(error));
  exit(kExitFailed);
}
