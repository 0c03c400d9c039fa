// Leaves the room as it was found: imported by a test file, it checks after all its tests that no
// socket of ours is open and no operation is in flight.

import { binding } from '../../lib/internal/binding.js';
import { countSlots } from '../../lib/internal/slots.js';
import { until } from './deadline.js';

afterAll(async () => {
  // Completions of what the last test closed are still on their way.
  await until(() => countSlots().inFlight === 0, 'no operation is in flight');
  expect(binding.openSocketCount()).toBe(0);
});
