// A program of a user, with CommonJS: an echo over the package as it was installed.

const assert = require('node:assert');
const {
  AddressFamily, IPAddress, IPEndPoint, ProtocolType, Socket, SocketAsyncEventArgs, SocketError,
  SocketType,
} = require('socket-async-event-args');

const newSocket = () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

/** Starts an operation; the promise is fulfilled when it is complete. */
function perform(socket, verb, e) {
  return new Promise((resolve, reject) => {
    const finish = () => {
      if (e.socketError === SocketError.Success) resolve(e);
      else reject(new Error(`${verb}: ${e.socketError}`));
    };
    e.once('completed', finish);
    if (!socket[verb](e)) {
      e.off('completed', finish);
      finish();
    }
  });
}

async function transfer(socket, verb, buffer) {
  const e = new SocketAsyncEventArgs();
  e.setBuffer(buffer, 0, buffer.length);
  await perform(socket, verb, e);
  return buffer.toString('latin1', 0, e.bytesTransferred);
}

async function main() {
  const listener = newSocket();
  listener.bind(new IPEndPoint(IPAddress.Loopback, 0));
  listener.listen();
  const accepting = perform(listener, 'acceptAsync', new SocketAsyncEventArgs());
  const client = newSocket();
  const connect = new SocketAsyncEventArgs();
  connect.remoteEndPoint = listener.localEndPoint;
  await perform(client, 'connectAsync', connect);
  const server = (await accepting).acceptSocket;

  await transfer(client, 'sendAsync', Buffer.from('hello'));
  const heard = await transfer(server, 'receiveAsync', Buffer.alloc(16));
  await transfer(server, 'sendAsync', Buffer.from(heard));
  const echo = await transfer(client, 'receiveAsync', Buffer.alloc(16));
  assert.strictEqual(echo, 'hello');
  for (const socket of [client, server, listener]) socket.close();
  console.log(`echo: ${echo}`);
}

main();
