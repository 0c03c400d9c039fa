// UDP echo over this package; support/saea-datagrams.ts has the receiving and sending.

import { DatagramArgs, runDatagramServer } from '../support/saea-datagrams.js';
import { readServerOptions } from '../support/server-program.js';

class Echo extends DatagramArgs {
  protected override answerLength(): number {
    return this.bytesTransferred;
  }
}

runDatagramServer(readServerOptions(), (...shared) => new Echo(...shared));
