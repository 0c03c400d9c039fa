// The addon built by a user, from what is in the tarball: in the package's folder, by `npx cmake-js`.
// This needs a compiler; the loader then prefers the build to the binary that came along.

import fs from 'node:fs';
import path from 'node:path';
import { findHeaders } from '../support/headers.mjs';
import { toolPath } from '../support/paths.mjs';
import { findProgram } from '../support/run.mjs';
import { installWithNpm, mustEcho, poorEnvironment, runIn } from './place.mjs';

function build(tarball) {
  const folder = installWithNpm('source', tarball, ['echo.cjs']);
  // What `npm install cmake-js node-addon-api` would put there.
  fs.symlinkSync(toolPath('node-addon-api'), path.join(folder, 'node_modules/node-addon-api'));
  const own = path.join(folder, 'node_modules/socket-async-event-args');
  fs.rmSync(path.join(own, 'prebuilds'), { recursive: true });
  const headers = findHeaders();
  const env = { ...process.env, ...(headers && { npm_config_nodedir: headers }) };
  runIn(own, [toolPath('cmake-js/bin/cmake-js')], env);
  const addon = path.join(own, 'build/Release/socket_async_event_args.node');
  process.stdout.write(`  ${Math.ceil(fs.statSync(addon).size / 1000)} kB\n`);
  mustEcho(folder, ['echo.cjs'], poorEnvironment());
  return true;
}

export function sourceSteps(tarball) {
  const missing = findProgram('cmake') ? undefined : 'cmake';
  return [{ name: 'source: npx cmake-js', body: () => build(tarball), missing }];
}
