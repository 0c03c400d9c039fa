// A resolver for tests: names resolve to what the test says, when it says so, on any machine.

import dns from 'node:dns';

type Callback = (error: Error | null, found?: dns.LookupAddress[]) => void;

export interface StubbedLookup {
  /** What was looked up, in order: the names, and the families asked for (0 for any). */
  readonly asked: { host: string; family: unknown }[];
  /** Answers the oldest look-up that is waiting; later, as the resolver does. Resolves after that. */
  answer(...addresses: string[]): Promise<void>;
  /** As `answer`, with a failure: `ENOTFOUND`, `EAI_AGAIN`, …. */
  fail(code: string): Promise<void>;
}

afterEach(() => {
  jest.restoreAllMocks();
});

/** Puts the test in the resolver's place until it is over. */
export function stubLookup(): StubbedLookup {
  const asked: { host: string; family: unknown }[] = [];
  const waiting: Callback[] = [];
  const lookup = (host: string, options: dns.LookupOptions, callback: Callback): void => {
    asked.push({ host, family: options.family });
    waiting.push(callback);
  };
  jest.spyOn(dns, 'lookup').mockImplementation(lookup as unknown as typeof dns.lookup);
  const reply = (...answer: Parameters<Callback>): Promise<void> =>
    new Promise((resolve, reject) => {
      const callback = waiting.shift();
      if (callback === undefined) {
        reject(new Error('Nothing is being looked up.'));
        return;
      }
      setImmediate(() => {
        callback(...answer);
        resolve();
      });
    });
  return {
    asked,
    answer: (...addresses) => {
      const found = addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }));
      return reply(null, found);
    },
    fail: code => reply(Object.assign(new Error(code), { code })),
  };
}
