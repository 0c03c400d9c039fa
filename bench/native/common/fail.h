// How the benchmark's programs give up: one sentence on standard error, and an exit code that the
// runner can tell apart. Nothing here returns; there is no recovery worth measuring.

#ifndef SAEA_BENCH_COMMON_FAIL_H_
#define SAEA_BENCH_COMMON_FAIL_H_

enum {
  kExitFailed = 1,  // The server misbehaved, or the system refused something.
  kExitUsage = 2,   // The command line made no sense.
};

_Noreturn void Fail(const char* format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void FailUsage(const char* format, ...) __attribute__((format(printf, 1, 2)));

// Fail() with the text of errno behind the message.
_Noreturn void FailErrno(const char* format, ...) __attribute__((format(printf, 1, 2)));

#endif  // SAEA_BENCH_COMMON_FAIL_H_
