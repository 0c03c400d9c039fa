// Two ends of a Unix-domain connection, through a file: bound, connected to, and gone when the
// listener is closed.
//
//   node dist/examples/unix-pair.js /tmp/pair.sock hello

import {
  AddressFamily,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketType,
  UnixDomainSocketEndPoint,
} from 'socket-async-event-args';

import { run } from './run.js';

function newSocket(): Socket {
  return new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}

/**
 * Two connected sockets. Nobody else gets in between: the listener, and with it the file, is gone
 * when they are returned.
 *
 * @param path Where nothing is yet, at most 107 bytes; or an abstract name, with a NUL before it.
 */
export async function unixPair(path: string): Promise<[client: Socket, server: Socket]> {
  const endPoint = new UnixDomainSocketEndPoint(path);
  using listener = newSocket();
  listener.bind(endPoint);
  listener.listen(1);

  const client = newSocket();
  using connecting = new SocketAsyncEventArgs();
  connecting.remoteEndPoint = endPoint;
  await run(connecting, e => client.connectAsync(e));

  using accepting = new SocketAsyncEventArgs();
  await run(accepting, e => listener.acceptAsync(e));
  if (accepting.acceptSocket === null) throw new Error('unreachable: an accept gives a socket');
  return [client, accepting.acceptSocket];
}

/** Sends a text from one end to the other, and returns what has arrived. */
export async function passOn(from: Socket, to: Socket, text: string): Promise<string> {
  const bytes = Buffer.from(text);
  using e = new SocketAsyncEventArgs();
  e.setBuffer(bytes, 0, bytes.length);
  await run(e, each => from.sendAsync(each));
  const received = Buffer.alloc(bytes.length);
  for (let length = 0; length < received.length; length += e.bytesTransferred) {
    e.setBuffer(received, length, received.length - length);
    await run(e, each => to.receiveAsync(each));
  }
  return received.toString();
}

async function main(path: string, text: string): Promise<void> {
  const [client, server] = await unixPair(path);
  console.log(await passOn(client, server, text));
  console.log(await passOn(server, client, text.toUpperCase()));
  client.close();
  server.close();
}

if (require.main === module) {
  const [path = 'pair.sock', text = 'hello'] = process.argv.slice(2);
  void main(path, text);
}
