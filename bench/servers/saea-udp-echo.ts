// UDP echo over this package, the way a server that cares is written: as many receives outstanding
// as one call of the system serves, no async context, and onCompleted overridden.

import {
  AddressFamily,
  BufferManager,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  Socket,
  SocketAsyncEventArgs,
  SocketAsyncOperation,
  SocketError,
  SocketType,
} from 'socket-async-event-args';

import { announce, onTerminate, readServerOptions } from '../support/server-program.js';
import { receiveBufferBytes } from '../support/udp.js';

/** What one recvmmsg of the engine takes. */
const outstanding = 64;

const { port, bufferSize } = readServerOptions();
const buffers = new BufferManager(bufferSize * outstanding, bufferSize);
buffers.initBuffer();

const socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
socket.receiveBufferSize = receiveBufferBytes;
socket.bind(new IPEndPoint(IPAddress.Loopback, port));

class Echo extends SocketAsyncEventArgs {
  constructor() {
    super(true);
    buffers.setBuffer(this);
    this.remoteEndPoint = new IPEndPoint(IPAddress.Any, 0);
    if (!socket.receiveFromAsync(this)) this.onCompleted();
  }

  protected override onCompleted(): void {
    let isPending = false;
    while (!isPending) {
      if (this.socketError === SocketError.OperationAborted) return;
      const isReceived = this.lastOperation === SocketAsyncOperation.ReceiveFrom;
      if (isReceived && this.socketError === SocketError.Success) {
        this.setBuffer(this.offset, this.bytesTransferred);
        isPending = socket.sendToAsync(this);
      } else {
        this.setBuffer(this.offset, bufferSize);
        isPending = socket.receiveFromAsync(this);
      }
    }
  }
}

for (let i = 0; i < outstanding; i++) new Echo();
announce((socket.localEndPoint as IPEndPoint).port);
onTerminate(() => {
  process.exit(0);
});
