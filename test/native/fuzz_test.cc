// Random operations, faults, cancels and closes over several sockets. A failure prints its seed:
// SAEA_FUZZ_SEED=<seed> runs that one, SAEA_FUZZ_STEPS=<count> makes it longer.

#include <cstdio>
#include <cstdlib>

#include "support/fuzz_world.h"
#include "support/test.h"

namespace {

using saea::test::FuzzWorld;

uint32_t NumberFrom(const char* variable, uint32_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : static_cast<uint32_t>(std::strtoul(text, nullptr, 10));
}

void Run(uint32_t seed) {
  std::printf("    seed %u\n", seed);
  FuzzWorld world(seed);
  const uint32_t steps = NumberFrom("SAEA_FUZZ_STEPS", 5000);
  for (uint32_t step = 0; step < steps; ++step) world.Step();
  world.Settle();
  const FuzzWorld::Tally& tally = world.tally();
  std::printf(
      "    %u synchronous, %u pending, %u posted, %u failed, %u cancelled, %u closed, "
      "%u connections, %llu bytes\n",
      tally.synchronous, tally.pending, tally.posted, tally.failed, tally.cancelled, tally.closed,
      tally.connections, static_cast<unsigned long long>(tally.bytes));
  // Or the dice were loaded.
  EXPECT_GT(tally.synchronous, steps / 20);
  EXPECT_GT(tally.pending, steps / 20);
  EXPECT_GT(tally.posted, steps / 100);
  EXPECT_GT(tally.failed, 0);
  EXPECT_GT(tally.cancelled, 0);
  EXPECT_GT(tally.closed, 0);
  EXPECT_GT(tally.bytes, steps);
}

}  // namespace

TEST(EveryOperationCompletesOnceAndEveryByteArrivesInItsPlace) {
  const uint32_t given = NumberFrom("SAEA_FUZZ_SEED", 0);
  if (given != 0) return Run(given);
  for (uint32_t seed = 1; seed <= 4; ++seed) Run(seed);
}
