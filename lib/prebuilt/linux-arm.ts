// The package for Linux on 32-bit ARM (v7) with glibc, by a path that bundlers can follow.

import { offerBinding } from '../internal/given-binding.js';

offerBinding(
  require('../../../prebuilds/linux-arm/socket-async-event-args.armv7.glibc.node') as object,
);

export * from '../index.js';
