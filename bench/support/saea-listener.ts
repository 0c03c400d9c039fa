// Accepting over this package, shared by its servers: one event args for all accepts, posted again
// as long as they complete at once.

import {
  AddressFamily,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketError,
  SocketType,
} from 'socket-async-event-args';

import { announce, listenBacklog, onTerminate } from './server-program.js';

/** `SOL_SOCKET` and `SO_REUSEPORT` of Linux. */
const solSocket = 1;
const soReusePort = 15;

interface RawOptions {
  setRawSocketOption(level: number, name: number, value: Uint8Array): void;
}

/** Whether several sockets may listen on one port: said by a raw option, where there are those. */
export function canSharePort(): boolean {
  return 'setRawSocketOption' in Socket.prototype;
}

/** A listening socket on 127.0.0.1. */
export function listen(port: number, isPortShared = false): Socket {
  const listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
  listener.noDelay = true; // accepted sockets inherit it
  if (isPortShared) {
    const on = new Uint8Array(Int32Array.of(1).buffer);
    (listener as unknown as RawOptions).setRawSocketOption(solSocket, soReusePort, on);
  }
  listener.bind(new IPEndPoint(IPAddress.Loopback, port));
  listener.listen(listenBacklog);
  return listener;
}

export function portOf(listener: Socket): number {
  return (listener.localEndPoint as IPEndPoint).port;
}

/** Hands every connection to `serve`, until the listener closes. */
export function acceptAll(listener: Socket, serve: (socket: Socket) => void): void {
  const args = new SocketAsyncEventArgs(true);
  const onAccepted = (): void => {
    let isPending = false;
    while (!isPending) {
      if (args.socketError === SocketError.OperationAborted) return;
      const socket = args.acceptSocket;
      args.acceptSocket = null;
      if (socket !== null) serve(socket);
      isPending = listener.acceptAsync(args);
    }
  };
  args.on('completed', onAccepted);
  if (!listener.acceptAsync(args)) onAccepted();
}

/** The whole life of a server of one thread. */
export function runServer(port: number, serve: (socket: Socket) => void): void {
  const listener = listen(port);
  acceptAll(listener, serve);
  announce(portOf(listener));
  onTerminate(() => {
    listener.close();
  });
}
