// Connects to the first of a name's addresses that answers, IPv6 and IPv4 alike, within a time.
//
//   node dist/examples/connect-by-name.js localhost 7000

import { once } from 'node:events';

import {
  DnsEndPoint,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketError,
  SocketException,
  SocketType,
} from 'socket-async-event-args';

const patienceMs = 10_000;

/**
 * Connects by name: the addresses are tried in the resolver's order, one after another.
 *
 * @param timeoutMs How long all attempts together may take.
 * @throws {SocketException} with the error of the last attempt; `HostNotFound`, `TryAgain` or
 *   `NoData` if there was nothing to try; `TimedOut`.
 */
export async function connectByName(
  host: string,
  port: number,
  timeoutMs = patienceMs,
): Promise<Socket> {
  using e = new SocketAsyncEventArgs();
  e.remoteEndPoint = new DnsEndPoint(host, port);
  const timer = setTimeout(() => {
    Socket.cancelConnectAsync(e);
  }, timeoutMs);
  try {
    // The static form makes a socket per family, and keeps the one that is connected.
    const isPending = Socket.connectAsync(SocketType.Stream, ProtocolType.Tcp, e);
    if (isPending) await once(e, 'completed');
  } finally {
    clearTimeout(timer);
  }
  if (e.connectSocket !== null) return e.connectSocket;
  // Nobody else can have cancelled it.
  if (e.socketError === SocketError.OperationAborted) {
    throw new SocketException(SocketError.TimedOut);
  }
  throw e.connectByNameError ?? new SocketException(e.socketError);
}

async function main(host: string, port: number): Promise<void> {
  using socket = await connectByName(host, port);
  console.log(`${host} answers at ${String(socket.remoteEndPoint)}.`);
}

if (require.main === module) {
  const [host = 'localhost', port = '7000'] = process.argv.slice(2);
  main(host, Number(port)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
