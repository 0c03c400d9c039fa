// The same declarations, required.

import saea = require('socket-async-event-args');
import prebuilt = require('socket-async-event-args/prebuilt/linux-x64');

const e: saea.SocketAsyncEventArgs = new saea.SocketAsyncEventArgs();
const same: saea.SocketAsyncEventArgs = new prebuilt.SocketAsyncEventArgs();
const error: saea.SocketError = saea.SocketError.Success;
// @ts-expect-error there is no default export
void saea.default;
void [e, same, error];
