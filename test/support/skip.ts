// Skipping a test is never silent: the title says why, and the runner lists it.

/** `test`, or a skipped test whose title ends with the reason. */
export function skipUnless(condition: boolean, reason: string): jest.It {
  if (condition) return test;
  const withReason = (title: string): string => `${title} [skipped: ${reason}]`;
  const skipping = (title: string): void => {
    test.skip(withReason(title), () => undefined);
  };
  const each = (table: readonly unknown[]) => (title: string) => {
    test.skip.each(table)(withReason(title), () => undefined);
  };
  return Object.assign(skipping, { each }) as unknown as jest.It;
}
