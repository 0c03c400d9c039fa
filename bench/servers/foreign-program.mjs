// The contract of support/server-program.ts for servers that run in Bun or Deno: both know these
// parts of Node.

import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';

export const host = '127.0.0.1';

export function readServerOptions() {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '0' },
      'buffer-size': { type: 'string', default: '65536' },
      connections: { type: 'string', default: '64' },
      'block-size': { type: 'string', default: '1' },
      content: { type: 'string', default: '' },
      collect: { type: 'boolean', default: false },
    },
  });
  return {
    part: positionals[0],
    port: Number(values.port),
    bufferSize: Number(values['buffer-size']),
    blockSize: Number(values['block-size']),
    content: values.content === '' ? null : readFileSync(values.content),
    contentPath: values.content,
    isCollecting: values.collect,
  };
}

export function announce(port) {
  console.log(`listening ${port}`);
}

/** Every SIGUSR2 collects garbage and says so. */
export function onCollect(collect) {
  process.on('SIGUSR2', () => {
    collect();
    console.log('collected');
  });
}

export function onTerminate(close) {
  const terminate = () => {
    close();
    process.exit(0);
  };
  process.once('SIGTERM', terminate);
  process.once('SIGINT', terminate);
}
