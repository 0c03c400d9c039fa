// TCP echo over this package in two worker threads, each with a listener of its own on the same
// port; the system spreads connections over them. The main thread only waits.

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { EchoPool } from '../support/saea-echo.js';
import { acceptAll, listen, portOf } from '../support/saea-listener.js';
import {
  announce,
  onTerminate,
  readServerOptions,
  type ServerOptions,
} from '../support/server-program.js';

const threadCount = 2;

function serveInThread({ port, bufferSize, connectionCount }: ServerOptions): void {
  const listener = listen(port, true);
  // The system may give all connections to one thread.
  acceptAll(listener, new EchoPool(bufferSize, connectionCount).serve);
  parentPort?.postMessage(portOf(listener));
}

/** Resolves with the port once the thread accepts. */
function startThread(options: ServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: options });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function startThreads(options: ServerOptions): Promise<number> {
  const port = await startThread(options);
  for (let i = 1; i < threadCount; i++) await startThread({ ...options, port });
  return port;
}

if (isMainThread) {
  void startThreads(readServerOptions()).then(announce);
  onTerminate(() => {
    // Ending the process ends its threads.
  });
} else {
  serveInThread(workerData as ServerOptions);
}
