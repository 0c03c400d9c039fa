// All scenarios that are written by hand.

import type { Scenario } from '../comparison/scenario.js';
import { accept } from './accept.js';
import { connect } from './connect.js';
import { datagrams } from './datagrams.js';
import { eventArgs } from './event-args.js';
import { options } from './options.js';
import { packets } from './packets.js';
import { receiveAndSend } from './receive-send.js';
import { unixDomain } from './unix-domain.js';

export const scenarios: readonly Scenario[] = [
  ...eventArgs,
  ...accept,
  ...connect,
  ...receiveAndSend,
  ...datagrams,
  ...packets,
  ...options,
  ...unixDomain,
];
