// Command lines of the form `--name value` and `--name`, read into variables by a table. Each
// program (and each mode of the load generator) lists what it understands; anything else, and any
// number outside its bounds, ends the program with a usage message.

#ifndef SAEA_BENCH_COMMON_ARGUMENTS_H_
#define SAEA_BENCH_COMMON_ARGUMENTS_H_

#include <stddef.h>

typedef enum ArgumentKind {
  kArgumentUint32,
  kArgumentUint64,
  kArgumentDouble,
  kArgumentFlag,
  kArgumentText,
} ArgumentKind;

typedef struct Argument {
  const char* name;  // Without the two dashes.
  ArgumentKind kind;
  void* value;  // uint32_t*, uint64_t*, double*, bool* or const char**: the kind says.
  double minimum;
  double maximum;
  const char* help;
} Argument;

// `synopsis` is the first line of what --help prints. Does not return for --help, and neither for
// --version, which names the compiler: all the version that a program built on the spot has.
void ParseArguments(int count, char** words, const char* synopsis, const Argument* arguments,
                    size_t argument_count);

#endif  // SAEA_BENCH_COMMON_ARGUMENTS_H_
