// The package for Linux on arm64 with musl, by a path that bundlers can follow.

import { offerBinding } from '../internal/given-binding.js';

offerBinding(require('../../../prebuilds/linux-arm64/socket-async-event-args.musl.node') as object);

export * from '../index.js';
