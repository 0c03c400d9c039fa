// The garbage collector takes what is forgotten, and leaves what is in use. In processes of their
// own, where nothing else holds anything.

import { succeedFixture } from '../support/child.js';

test.each([
  ['forgottenSockets', 'sockets that are forgotten are closed, in order'],
  ['forgottenListener', 'a listener that is forgotten is closed'],
  ['forgottenAcceptedSocket', 'an accepted socket that is forgotten is closed'],
  ['forgottenBoundFile', 'the file of a Unix-domain socket that is forgotten is removed'],
  ['packetsInFlight', 'a SendPackets in flight keeps its buffers, and files closed meanwhile'],
  ['forgottenArgs', 'event args that are forgotten free their slots'],
  ['forgottenArgsAfterUse', 'event args that are forgotten after use free their slots'],
  ['inFlight', 'a receive in flight keeps its socket, event args and buffer without references'],
  ['listInFlight', 'a send in flight keeps the segments of its list'],
  ['acceptInFlight', 'an accept in flight keeps its listener'],
  ['contextIsDropped', 'S-053 K-007 the async context is dropped with the event'],
  ['underLoad', 'collections in the middle of transfers change nothing'],
])('%s: %s', async scenario => {
  await succeedFixture('garbage', [scenario], { nodeArgs: ['--expose-gc'] });
});
