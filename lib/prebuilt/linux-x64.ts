// The package for Linux on x64 with glibc, by a path that bundlers can follow.

import { offerBinding } from '../internal/given-binding.js';

offerBinding(require('../../../prebuilds/linux-x64/socket-async-event-args.glibc.node') as object);

export * from '../index.js';
