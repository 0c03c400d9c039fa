#!/usr/bin/env node
// npx socket-async-event-args doctor

import { diagnose } from './doctor.js';

const usage = `Usage: npx socket-async-event-args doctor

  Says what this machine gives to socket-async-event-args: the platform, the binary that is
  loaded or why none is, the limits that servers meet first, and the rate of an echo over the
  loopback. Exit code 0: it works here; 1: it does not.`;

async function main(args: readonly string[]): Promise<number> {
  if (args.length === 1 && args[0] === 'doctor') {
    const { lines, isWell } = await diagnose();
    console.log(lines.join('\n'));
    return isWell ? 0 : 1;
  }
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    return 0;
  }
  console.error(usage);
  return 2;
}

void main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});
