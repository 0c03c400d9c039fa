// Row O-001 of the specification: shutting down what the peer has closed, by the event args that have
// served the connection from its beginning.

import {
  SocketAsyncEventArgs,
  SocketAsyncOperation,
  SocketError,
  SocketShutdown,
  type Socket,
} from 'socket-async-event-args';

import { withDeadline } from '../support/deadline.js';
import { families } from '../support/families.js';
import '../support/leak-audit.js';
import { connectTo, listener, tracked } from '../support/sockets.js';
import { thrownBy } from '../support/thrown.js';
import { receive, send } from '../support/transfer.js';

/** Accepts, and echoes until the stream ends; all with one event args. The socket it served. */
function serveOne(listening: Socket): Promise<Socket> {
  return new Promise(resolve => {
    const e = tracked(new SocketAsyncEventArgs());
    let served: Socket | null = null;

    /** Starts what follows; whether it is pending. */
    function next(): boolean {
      expect(e.socketError).toBe(SocketError.Success);
      if (e.lastOperation === SocketAsyncOperation.Accept) {
        served = tracked(e.acceptSocket as Socket);
        e.setBuffer(new Uint8Array(64), 0, 64);
        return served.receiveAsync(e);
      }
      const socket = served as Socket;
      if (e.lastOperation === SocketAsyncOperation.Send) {
        e.setBuffer(0, 64);
        return socket.receiveAsync(e);
      }
      if (e.bytesTransferred === 0) {
        resolve(socket);
        return true;
      }
      e.setBuffer(0, e.bytesTransferred);
      return socket.sendAsync(e);
    }

    e.on('completed', () => {
      while (!next());
    });
    if (!listening.acceptAsync(e)) while (!next());
  });
}

test.each(families)('O-001 a server shuts down what the peer has closed: %s', async (_, family) => {
  const listening = listener(family);
  const ended = serveOne(listening);
  const client = await connectTo(listening);
  for (const text of ['one', 'two']) {
    await send(client, Buffer.from(text));
    expect(await receive(client, 3)).toEqual(Buffer.from(text));
  }
  client.close();
  const socket = await withDeadline(ended, 'the end of the stream');
  for (let i = 0; i < 2; i++) {
    expect(thrownBy(() => socket.shutdown(SocketShutdown.Both))).toBe('nothing');
  }
  expect(socket.connected).toBe(false);
});
