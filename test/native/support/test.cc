#include "support/test.h"

#include <cstdio>
#include <cstdlib>
#include <vector>

#if defined(_WIN32)
// No fork there; EXPECT_ABORT then passes unproved, as it is proved on every other system.
#else
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#endif

namespace saea::test {
namespace {

struct Case {
  const char* name;
  Body body;
};

struct Current {
  int failures = 0;
  const char* skipped = nullptr;
};

// In a function, as tests register from other files before this file's own globals exist.
std::vector<Case>& Cases() {
  static std::vector<Case> cases;
  return cases;
}

Current& Now() {
  static Current current;
  return current;
}

}  // namespace

bool Register(const char* name, Body body) {
  Cases().push_back({name, body});
  return true;
}

void Fail(const char* file, int line, const std::string& what) {
  Now().failures++;
  std::printf("    %s:%d: expected %s\n", file, line, what.c_str());
}

void Skip(const char* why) {
  Now().skipped = why;
}

#if defined(_WIN32)
bool Aborts(const std::function<void()>&) {
  return true;
}
#else
bool Aborts(const std::function<void()>& body) {
  std::fflush(nullptr);  // or the child prints what we have not yet printed a second time
  const pid_t child = fork();
  if (child == 0) {
    // The message of the CHECK is expected, and would look like a failure in the log.
    if (std::freopen("/dev/null", "w", stderr) == nullptr) _exit(2);
    body();
    _exit(1);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return false;
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}
#endif

}  // namespace saea::test

int main(int argc, char** argv) {
  using namespace saea::test;
  const char* given = argc > 1 ? argv[1] : std::getenv("SAEA_TEST_FILTER");
  const std::string filter = given == nullptr ? "" : given;
  int passed = 0;
  int failed = 0;
  int skipped = 0;
  for (const Case& test : Cases()) {
    if (std::string(test.name).find(filter) == std::string::npos) continue;
    Now() = Current{};
    test.body();
    // Flushed line by line: after a crash the log must show which test was the last.
    if (Now().failures > 0) {
      failed++;
      std::printf("  FAIL %s\n", test.name);
    } else if (Now().skipped != nullptr) {
      skipped++;
      std::printf("  skip %s: %s\n", test.name, Now().skipped);
    } else {
      passed++;
      std::printf("  ok   %s\n", test.name);
    }
    std::fflush(stdout);
  }
  // scripts/support/native-tests.mjs reads this line.
  std::printf("%d tests passed, %d failed, %d skipped\n", passed, failed, skipped);
  const bool empty = passed + failed + skipped == 0 && filter.empty();
  if (empty) std::printf("a test program without a test\n");
  return failed > 0 || empty ? 1 : 0;
}
