// In steady state nothing is allocated on the JavaScript heap. (`npm run soak` asks the same of ten
// million echoes.)

import { succeedFixture } from '../support/child.js';
import type { AllocationReport } from '../support/allocation.js';

/** Node's own share; see `AllocationReport`. */
const mostBytesPerOperation = 8;
const echoes = 50_000;

test.each(['tcp', 'udp'])(
  '200,000 operations over %s allocate nothing in the package, and hardly anything at all',
  async protocol => {
    const options = { nodeArgs: ['--expose-gc'], ms: 28_000 };
    const stdout = await succeedFixture('allocation', [protocol, `${echoes}`], options);
    const { sites, bytesPerOperation } = JSON.parse(stdout) as AllocationReport;
    expect(sites).toEqual([]);
    expect(bytesPerOperation).toBeLessThanOrEqual(mostBytesPerOperation);
  },
);
