// A client for the echo server: connects by name, sends a text, and prints what comes back.
//
//   node dist/examples/echo-client.js localhost 7000 hello

import {
  DnsEndPoint,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketShutdown,
  SocketType,
} from 'socket-async-event-args';

import { run } from './run.js';

/** Sends a text, ends the stream, and returns all that the server sent back. */
export async function echo(host: string, port: number, text: string): Promise<string> {
  using e = new SocketAsyncEventArgs();
  e.remoteEndPoint = new DnsEndPoint(host, port);
  await run(e, each => Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, each));
  using socket = e.connectSocket;
  if (socket === null) throw new Error('unreachable: a connect that succeeded has a socket');

  const bytes = Buffer.from(text);
  e.setBuffer(bytes, 0, bytes.length);
  await run(e, each => socket.sendAsync(each));
  socket.shutdown(SocketShutdown.Send);

  const pieces: Buffer[] = [];
  const buffer = Buffer.alloc(4096);
  e.setBuffer(buffer, 0, buffer.length);
  do {
    await run(e, each => socket.receiveAsync(each));
    pieces.push(Buffer.from(buffer.subarray(0, e.bytesTransferred)));
  } while (e.bytesTransferred > 0);
  return Buffer.concat(pieces).toString();
}

if (require.main === module) {
  const [host = 'localhost', port = '7000', text = 'hello'] = process.argv.slice(2);
  echo(host, Number(port), text).then(console.log, (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
