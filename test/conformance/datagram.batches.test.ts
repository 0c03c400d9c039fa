// Many datagram operations on one socket: they go together, and nobody can tell but by the speed.

import {
  AddressFamily,
  IPEndPoint,
  SocketError,
  SocketOptionLevel,
  SocketOptionName,
  SocketShutdown,
  type Socket,
  type SocketAsyncEventArgs,
} from 'socket-async-event-args';

import { boundUdp, receiveArgs, sendArgs, sendDatagram, textIn } from '../support/datagrams.js';
import { until, withDeadline } from '../support/deadline.js';
import '../support/leak-audit.js';
import { begin, succeed } from '../support/operations.js';
import { endPointOf, eventArgs, loopback } from '../support/sockets.js';

const count = 40;

/** Receives that are all pending, each with a handler; and that many datagrams on their way. */
async function arrive(
  receiver: Socket,
  handle: (e: SocketAsyncEventArgs, index: number) => void,
): Promise<Socket> {
  const sender = boundUdp(receiver.addressFamily);
  let handled = 0;
  for (let i = 0; i < count; i++) {
    const e = receiveArgs(16, receiver.addressFamily);
    e.once('completed', () => {
      handle(e, i);
      handled++;
    });
    expect(receiver.receiveFromAsync(e)).toBe(true);
  }
  for (let i = 0; i < count; i++) await sendDatagram(sender, receiver, `n${i}`);
  await until(() => handled === count, 'all have been received');
  return sender;
}

/** What arrives at a socket, up to so many datagrams. */
async function collect(socket: Socket, most: number): Promise<string[]> {
  const texts: string[] = [];
  for (let i = 0; i < most; i++) {
    const e = receiveArgs(64, socket.addressFamily);
    await succeed(e, each => socket.receiveFromAsync(each));
    texts.push(textIn(e));
  }
  return texts;
}

const expected = Array.from({ length: count }, (_, i) => `n${i}`);

test('answers sent by handlers arrive in order, and each is reported once', async () => {
  const receiver = boundUdp();
  const outcomes: string[] = [];
  const sender = await arrive(receiver, (e, i) => {
    e.setBuffer(0, e.bytesTransferred);
    e.once('completed', () => outcomes.push(`${i}: ${e.socketError}, ${e.bytesTransferred}`));
    if (!receiver.sendToAsync(e)) e.emit('completed', receiver, e);
  });
  expect(await collect(sender, count)).toEqual(expected);
  await until(() => outcomes.length === count, 'all sends are reported');
  expect(outcomes).toEqual(expected.map((text, i) => `${i}: 0, ${text.length}`));
});

test('sends of promises that handlers resolve leave too', async () => {
  const receiver = boundUdp();
  const sent: Promise<unknown>[] = [];
  const sender = await arrive(receiver, e => {
    sent.push(
      Promise.resolve().then(async () => {
        e.setBuffer(0, e.bytesTransferred);
        await succeed(e, each => receiver.sendToAsync(each));
      }),
    );
  });
  await withDeadline(Promise.all(sent), 'all sends to complete');
  expect((await collect(sender, count)).sort()).toEqual([...expected].sort());
});

test('a failure among others is told to its own operation', async () => {
  const receiver = boundUdp();
  const errors: SocketError[] = [];
  const sender = await arrive(receiver, (e, i) => {
    const answer = i === 5 ? eventArgs(70_000) : sendArgs(null, `n${i}`);
    answer.remoteEndPoint = e.remoteEndPoint;
    const done = (): void => {
      errors[i] = answer.socketError;
    };
    answer.once('completed', done);
    if (!receiver.sendToAsync(answer)) done();
  });
  await until(() => Object.keys(errors).length === count, 'all sends are reported');
  const want = expected.map((_, i) => (i === 5 ? SocketError.MessageSize : SocketError.Success));
  expect(errors).toEqual(want);
  expect(await collect(sender, count - 1)).toEqual(expected.filter((_, i) => i !== 5));
});

/** What a handler may do after it has sent; the datagram has left before it. */
const followers: [string, (socket: Socket) => void][] = [
  ['close()', socket => socket.close()],
  ['close(0)', socket => socket.close(0)],
  [
    'bind()',
    socket => {
      expect(() => socket.bind(loopback())).toThrow();
    },
  ],
];

test.each(followers)('what a handler has sent leaves before %s', async (_name, follow) => {
  const [receiver, sender, other] = [boundUdp(), boundUdp(), boundUdp()];
  const begun = [0, 1].map(() => begin(receiveArgs(16), e => receiver.receiveFromAsync(e)));
  const answer = sendArgs(endPointOf(other), 'last words');
  let sentError: SocketError | null = null;
  const handled = begun[0]?.outcome.then(() => {
    const done = (): void => {
      sentError = answer.socketError;
    };
    answer.once('completed', done);
    if (!receiver.sendToAsync(answer)) done();
    follow(receiver);
  });
  for (const text of ['a', 'b']) await sendDatagram(sender, receiver, text);
  await withDeadline(handled, 'the handler');
  expect(await collect(other, 1)).toEqual(['last words']);
  await until(() => sentError !== null, 'the send is reported');
  expect(sentError).toBe(SocketError.Success);
  await Promise.all(begun.map(each => each.outcome));
});

test('an option that a handler sets does not change what was sent before', async () => {
  const receiver = boundUdp();
  const receivedTtl: number[] = [];
  const sender = await arrive(receiver, (e, i) => {
    e.setBuffer(0, e.bytesTransferred);
    receiver.sendToAsync(e);
    receiver.ttl = i + 1;
    receivedTtl.push(receiver.getSocketOption(SocketOptionLevel.IP, SocketOptionName.IpTimeToLive));
  });
  expect(receivedTtl).toEqual(expected.map((_, i) => i + 1));
  expect(await collect(sender, count)).toEqual(expected);
});

test('a shutdown by a handler comes after what it has sent', async () => {
  const peer = boundUdp();
  const receiver = boundUdp();
  const connecting = eventArgs();
  connecting.remoteEndPoint = endPointOf(peer);
  await succeed(connecting, e => receiver.connectAsync(e));
  const begun = [0, 1].map(() => begin(receiveArgs(16), e => receiver.receiveFromAsync(e)));
  const done = begun[0]?.outcome.then(() => {
    receiver.sendAsync(sendArgs(null, 'last words'));
    receiver.shutdown(SocketShutdown.Send);
  });
  await sendDatagram(peer, receiver, 'a');
  await sendDatagram(peer, receiver, 'b');
  await withDeadline(done, 'the handler');
  expect(await collect(peer, 1)).toEqual(['last words']);
  await Promise.all(begun.map(each => each.outcome));
});

test('connecting elsewhere in a handler does not redirect what was sent before', async () => {
  const [first, second, receiver] = [boundUdp(), boundUdp(), boundUdp()];
  const connectTo = (socket: Socket): void => {
    const e = eventArgs();
    e.remoteEndPoint = endPointOf(socket);
    expect(receiver.connectAsync(e)).toBe(false);
    expect(e.socketError).toBe(SocketError.Success);
  };
  const begun = [0, 1].map(() => begin(receiveArgs(16), e => receiver.receiveFromAsync(e)));
  const done = begun[0]?.outcome.then(() => {
    receiver.sendAsync(sendArgs(null, 'to the first'));
    connectTo(second);
    receiver.sendAsync(sendArgs(null, 'to the second'));
  });
  connectTo(first);
  await sendDatagram(first, receiver, 'a');
  await sendDatagram(first, receiver, 'b');
  await withDeadline(done, 'the handler');
  expect(await collect(first, 1)).toEqual(['to the first']);
  expect(await collect(second, 1)).toEqual(['to the second']);
  await Promise.all(begun.map(each => each.outcome));
});

test('a socket that handlers close while others of the turn send leaves those alone', async () => {
  const [one, other] = [boundUdp(), boundUdp()];
  const [senderOne, senderOther] = await Promise.all(
    [one, other].map(receiver =>
      arrive(receiver, (e, i) => {
        if (receiver === one && i === count - 1) {
          one.close();
        } else {
          e.setBuffer(0, e.bytesTransferred);
          receiver.sendToAsync(e);
        }
      }),
    ),
  );
  expect(await collect(senderOne, count - 1)).toEqual(expected.slice(0, -1));
  expect(await collect(senderOther, count)).toEqual(expected);
});

test('a receive started by a handler is served in the order of the calls', async () => {
  const [receiver, sender] = [boundUdp(), boundUdp()];
  const texts: string[] = [];
  const total = 300;
  for (let i = 0; i < 7; i++) {
    const e = receiveArgs(16);
    const next = (): void => {
      do {
        if (e.socketError !== SocketError.Success) return;
        texts.push(textIn(e));
      } while (!receiver.receiveFromAsync(e));
    };
    e.on('completed', next);
    expect(receiver.receiveFromAsync(e)).toBe(true);
  }
  for (let i = 0; i < total; i++) {
    await sendDatagram(sender, receiver, `n${i}`);
    if (i % 20 === 19) await until(() => texts.length === i + 1, 'those have been received');
  }
  expect(texts).toEqual(Array.from({ length: total }, (_, i) => `n${i}`));
  receiver.close();
});

test('the local endpoint is known when a handler has sent', async () => {
  const receiver = boundUdp(AddressFamily.InterNetworkV6);
  await arrive(receiver, e => {
    receiver.sendToAsync(e);
    expect(receiver.localEndPoint).toBeInstanceOf(IPEndPoint);
  });
});
