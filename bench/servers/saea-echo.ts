// TCP echo over this package, one thread; support/saea-echo.ts has the echo itself.

import { EchoPool } from '../support/saea-echo.js';
import { runServer } from '../support/saea-listener.js';
import { readServerOptions } from '../support/server-program.js';

const { port, bufferSize, connectionCount } = readServerOptions();
runServer(port, new EchoPool(bufferSize, connectionCount).serve);
