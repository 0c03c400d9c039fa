// Echo, sink and source on turbo-net, which is installed by the benchmark: its folder is the first
// argument, the part the second. Reads go into one buffer per connection; the next is posted when
// the write of the last one is done, as in turbo-net's own examples.

import {
  announce,
  host,
  onTerminate,
  readContent,
  readServerOptions,
} from '../support/server-program.js';

interface Connection {
  read(buffer: Buffer, done: (error: Error | null, buffer: Buffer, length: number) => void): void;
  write(buffer: Buffer, length: number, done: (error: Error | null) => void): void;
  close(): void;
  on(event: 'error', handler: () => void): void;
}

interface Server {
  listen(port: number, host: string, done: () => void): void;
  address(): { port: number };
  close(): void;
}

interface TurboNet {
  createServer(
    options: { allowHalfOpen: boolean },
    serve: (connection: Connection) => void,
  ): Server;
}

const [folder = '', part = ''] = process.argv.splice(2, 2);
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the folder is known only now
const turboNet = require(folder) as TurboNet;
const options = readServerOptions();
const { bufferSize, blockSize } = options;

function echo(connection: Connection): void {
  const read = (): void => {
    connection.read(buffer, onRead);
  };
  const onRead = (error: Error | null, _buffer: Buffer, length: number): void => {
    if (error !== null || length === 0) connection.close();
    else connection.write(buffer, length, read);
  };
  const buffer = Buffer.alloc(bufferSize);
  read();
}

function sink(connection: Connection): void {
  const buffer = Buffer.alloc(bufferSize);
  const acknowledgement = Buffer.alloc(1);
  let blockReceived = 0;
  const onRead = (error: Error | null, _buffer: Buffer, length: number): void => {
    if (error !== null || length === 0) {
      connection.close();
      return;
    }
    blockReceived += length;
    for (; blockReceived >= blockSize; blockReceived -= blockSize) {
      connection.write(acknowledgement, 1, () => {});
    }
    connection.read(buffer, onRead);
  };
  connection.read(buffer, onRead);
}

function source(connection: Connection): void {
  const content = readContent(options);
  const requests = Buffer.alloc(64);
  let left = 0;
  const send = (): void => {
    if (left === 0) return;
    connection.write(content, bufferSize, error => {
      if (error !== null) return;
      left -= bufferSize;
      send();
    });
  };
  const onRead = (error: Error | null, _buffer: Buffer, length: number): void => {
    if (error !== null || length === 0) {
      connection.close();
      return;
    }
    const isBusy = left > 0;
    left += length * blockSize;
    if (!isBusy) send();
    connection.read(requests, onRead);
  };
  connection.read(requests, onRead);
}

const parts: Readonly<Record<string, ((connection: Connection) => void) | undefined>> = {
  'tcp-echo': echo,
  'tcp-sink': sink,
  'tcp-source': source,
};
const serve = parts[part];
if (serve === undefined) throw new Error(`there is no part '${part}'`);

const server = turboNet.createServer({ allowHalfOpen: true }, connection => {
  connection.on('error', () => {
    connection.close();
  });
  serve(connection);
});
server.listen(options.port, host, () => {
  announce(server.address().port);
});
onTerminate(() => {
  server.close();
});
