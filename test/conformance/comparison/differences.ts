// Where ours may answer otherwise than .NET, and why. Everything that is not here is a mistake.

import type { Explanation } from './compare.js';

export const explanations: readonly Explanation[] = [];
