// Skipping a test is never silent: the title says why, and the runner lists it.

/** `test`, or a skipped test whose title ends with the reason. */
export function skipUnless(condition: boolean, reason: string): jest.It {
  if (condition) return test;
  const skipping = ((title: string): void => {
    test.skip(`${title} [skipped: ${reason}]`, () => undefined);
  }) as unknown as jest.It;
  return skipping;
}
