// Command lines read by a table; see arguments.h.

#include "common/arguments.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/fail.h"

static _Noreturn void PrintHelp(const char* synopsis, const Argument* arguments, size_t count) {
  printf("%s\n", synopsis);
  for (size_t i = 0; i < count; i++) {
    printf("  --%-16s %s\n", arguments[i].name, arguments[i].help);
  }
  exit(EXIT_SUCCESS);
}

static _Noreturn void PrintCompiler(void) {
  printf("C compiler %s\n", __VERSION__);
  exit(EXIT_SUCCESS);
}

static const Argument* FindArgument(const char* word, const Argument* arguments, size_t count) {
  if (strncmp(word, "--", 2) != 0) FailUsage("unexpected argument '%s'", word);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(word + 2, arguments[i].name) == 0) return &arguments[i];
  }
  FailUsage("unknown option '%s' (--help lists them)", word);
}

static void ReadNumber(const Argument* argument, const char* text) {
  char* end = NULL;
  errno = 0;
  const double number = strtod(text, &end);
  if (end == text || *end != '\0' || errno != 0 || !isfinite(number)) {
    FailUsage("--%s: '%s' is not a number", argument->name, text);
  }
  if (number < argument->minimum || number > argument->maximum) {
    FailUsage("--%s: %s is outside %.15g..%.15g", argument->name, text, argument->minimum,
              argument->maximum);
  }
  if (argument->kind != kArgumentDouble && number != floor(number)) {
    FailUsage("--%s: %s is not a whole number", argument->name, text);
  }
  if (argument->kind == kArgumentUint32) {
    *(uint32_t*)argument->value = (uint32_t)number;
  } else if (argument->kind == kArgumentUint64) {
    *(uint64_t*)argument->value = (uint64_t)number;
  } else {
    *(double*)argument->value = number;
  }
}

void ParseArguments(int count, char** words, const char* synopsis, const Argument* arguments,
                    size_t argument_count) {
  for (int i = 0; i < count; i++) {
    if (strcmp(words[i], "--help") == 0) PrintHelp(synopsis, arguments, argument_count);
    if (strcmp(words[i], "--version") == 0) PrintCompiler();
    const Argument* argument = FindArgument(words[i], arguments, argument_count);
    if (argument->kind == kArgumentFlag) {
      *(bool*)argument->value = true;
      continue;
    }
    i++;
    if (i == count) FailUsage("--%s needs a value", argument->name);
    if (argument->kind == kArgumentText) {
      *(const char**)argument->value = words[i];
    } else {
      ReadNumber(argument, words[i]);
    }
  }
}
