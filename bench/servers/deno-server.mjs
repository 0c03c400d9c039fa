// Echo, sink, source and file on Deno.listen: one loop of read and write per connection, into one
// buffer.

import { announce, host, onCollect, onTerminate, readServerOptions } from './foreign-program.mjs';

const { part, port, bufferSize, blockSize, content, contentPath, isCollecting } =
  readServerOptions();
const acknowledgement = new Uint8Array(1);

async function writeAll(connection, bytes) {
  for (let offset = 0; offset < bytes.length;) {
    offset += await connection.write(offset === 0 ? bytes : bytes.subarray(offset));
  }
}

async function echo(connection) {
  const buffer = new Uint8Array(bufferSize);
  for (;;) {
    const length = await connection.read(buffer);
    if (length === null) return;
    await writeAll(connection, buffer.subarray(0, length));
  }
}

async function sink(connection) {
  const buffer = new Uint8Array(bufferSize);
  let blockReceived = 0;
  for (;;) {
    const length = await connection.read(buffer);
    if (length === null) return;
    blockReceived += length;
    for (; blockReceived >= blockSize; blockReceived -= blockSize) {
      await writeAll(connection, acknowledgement);
    }
  }
}

async function onEachRequest(connection, serve) {
  const requests = new Uint8Array(64);
  for (;;) {
    const length = await connection.read(requests);
    if (length === null) return;
    for (let i = 0; i < length; i++) await serve(connection);
  }
}

async function sendBlock(connection) {
  for (let left = blockSize; left > 0; left -= content.length) await writeAll(connection, content);
}

async function sendFile(connection) {
  const file = await Deno.open(contentPath);
  await file.readable.pipeTo(connection.writable, { preventClose: true });
}

const parts = {
  'tcp-echo': echo,
  'tcp-sink': sink,
  'tcp-source': connection => onEachRequest(connection, sendBlock),
  'tcp-file': connection => onEachRequest(connection, sendFile),
};

const listener = Deno.listen({ hostname: host, port, tcpBacklog: 4096 });
if (isCollecting) onCollect(() => globalThis.gc());
onTerminate(() => listener.close());
announce(listener.addr.port);
for await (const connection of listener) {
  connection.setNoDelay(true);
  parts[part](connection)
    // A client that resets its connection is the load's affair.
    .catch(() => {})
    .finally(() => {
      try {
        connection.close();
      } catch {
        // closed already
      }
    });
}
