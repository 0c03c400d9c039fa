// Every wait in the tests has an end, and says what it waited for when it did not come.

/** Long enough for sanitizers; a test that meets it has failed anyway. */
const defaultMs = 15_000;

/** How many times slower an emulator on a busy machine may be: its deadlines are later by it. */
export const patience = process.env['SAEA_TEST_EMULATOR'] === undefined ? 1 : 10;

/** The value of a promise, or an error that names what did not happen in time. */
export async function withDeadline<T>(
  promise: Promise<T>,
  what: string,
  ms = defaultMs,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`Waited ${ms * patience} ms in vain for ${what}.`));
    }, ms * patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until a condition holds, looking at it once per turn of the event loop. */
export async function until(condition: () => boolean, what: string, ms = defaultMs): Promise<void> {
  const end = Date.now() + ms * patience;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Waited ${ms * patience} ms in vain until ${what}.`);
    await new Promise<void>(resolve => setImmediate(resolve));
  }
}
