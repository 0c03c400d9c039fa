// The package for macOS on x64, by a path that bundlers can follow.

import { offerBinding } from '../internal/given-binding.js';

offerBinding(require('../../../prebuilds/darwin-x64/socket-async-event-args.node') as object);

export * from '../index.js';
