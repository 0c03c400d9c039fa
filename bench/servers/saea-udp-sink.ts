// A sink of datagrams over this package: counts what comes, and answers each block of a sender with
// the byte that names the sender.

import { DatagramArgs, runDatagramServer } from '../support/saea-datagrams.js';
import { readServerOptions } from '../support/server-program.js';
import { BlockCounter } from '../support/udp.js';

const options = readServerOptions();
const blocks = new BlockCounter(options.blockSize);

class Sink extends DatagramArgs {
  protected override answerLength(): number {
    const sender = this.memoryBuffer[this.offset] ?? 0;
    return blocks.count(sender, this.bytesTransferred) ? 1 : 0;
  }
}

runDatagramServer(options, (...shared) => new Sink(...shared));
