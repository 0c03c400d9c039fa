// The package for macOS on arm64, by a path that bundlers can follow.

import { offerBinding } from '../internal/given-binding.js';

offerBinding(require('../../../prebuilds/darwin-arm64/socket-async-event-args.node') as object);

export * from '../index.js';
