// Echo, sink and source on Bun.listen, echo and sink on Bun.udpSocket: one set of handlers for all
// connections, state in socket.data. write() takes what fits; the rest waits for drain().

import { dlopen } from 'bun:ffi';
import { announce, host, onCollect, onTerminate, readServerOptions } from './foreign-program.mjs';

const { part, port, blockSize, content, isCollecting } = readServerOptions();
const acknowledgement = new Uint8Array(1);

const echo = {
  data(socket, chunk) {
    if (socket.data !== null) {
      socket.data.push(Buffer.from(chunk));
      return;
    }
    const written = socket.write(chunk);
    // The chunk is Bun's, and good only now.
    if (written < chunk.length) socket.data = [Buffer.from(chunk.subarray(Math.max(written, 0)))];
  },
  drain(socket) {
    while (socket.data !== null) {
      const [first] = socket.data;
      const written = socket.write(first);
      if (written < first.length) {
        socket.data[0] = first.subarray(Math.max(written, 0));
        return;
      }
      socket.data.shift();
      if (socket.data.length === 0) socket.data = null;
    }
  },
  open(socket) {
    socket.data = null;
  },
};

const sink = {
  open(socket) {
    socket.data = { blockReceived: 0 };
  },
  data(socket, chunk) {
    const { data } = socket;
    data.blockReceived += chunk.length;
    for (; data.blockReceived >= blockSize; data.blockReceived -= blockSize) {
      socket.write(acknowledgement);
    }
  },
};

function sendLeft(socket) {
  const { data } = socket;
  while (data.left > 0) {
    const offset = (blockSize - (data.left % blockSize)) % content.length;
    const piece = offset === 0 ? content : content.subarray(offset);
    const written = Math.max(socket.write(piece), 0);
    data.left -= written;
    if (written < piece.length) return;
  }
}

const source = {
  open(socket) {
    socket.data = { left: 0 };
  },
  data(socket, requests) {
    socket.data.left += requests.length * blockSize;
    sendLeft(socket);
  },
  drain: sendLeft,
};

const parts = { 'tcp-echo': echo, 'tcp-sink': sink, 'tcp-source': source };

function listen() {
  return Bun.listen({
    hostname: host,
    port,
    socket: {
      ...parts[part],
      // No delay is Bun's default. A half-closed connection is closed.
      end(socket) {
        socket.end();
      },
      error() {},
    },
  });
}

const udpEcho = {
  data(socket, message, remotePort, address) {
    socket.send(message, remotePort, address);
  },
};

const received = new Float64Array(256); // of each sender, who is named by a datagram's first byte

const udpSink = {
  data(socket, message, remotePort, address) {
    const sender = message[0];
    received[sender] += message.length;
    if (received[sender] < blockSize) return;
    received[sender] -= blockSize;
    socket.send(message.subarray(0, 1), remotePort, address);
  },
};

const udpParts = { 'udp-echo': udpEcho, 'udp-sink': udpSink };

// What all UDP servers ask for (support/udp.ts). Bun has no option for it, and loses datagrams with
// the system's default.
function enlargeReceiveBuffer(fd) {
  const [solSocket, soRcvbuf] = [1, 8];
  const bytes = Int32Array.of(4 << 20);
  const { symbols } = dlopen('libc.so.6', {
    setsockopt: { args: ['int', 'int', 'int', 'ptr', 'u32'], returns: 'int' },
  });
  if (symbols.setsockopt(fd, solSocket, soRcvbuf, bytes, bytes.byteLength) !== 0) {
    throw new Error('cannot set SO_RCVBUF');
  }
}

async function bindUdp(handlers) {
  const socket = await Bun.udpSocket({ hostname: host, port, socket: handlers });
  enlargeReceiveBuffer(socket.fd);
  return { port: socket.port, stop: () => socket.close() };
}

const server = part in udpParts ? await bindUdp(udpParts[part]) : listen();
if (isCollecting) onCollect(() => Bun.gc(true));
onTerminate(() => server.stop(true));
announce(server.port);
