// A server that sends files: a client sends a name and a newline, and gets the file. The bytes go
// from the file to the socket inside the system, however large the file is.
//
//   node dist/examples/file-server.js 7000 some/folder
//   echo README.md | nc -N 127.0.0.1 7000

import { sep, resolve } from 'node:path';

import {
  AddressFamily,
  IPAddress,
  IPEndPoint,
  ProtocolType,
  SendPacketsElement,
  Socket,
  SocketAsyncEventArgs,
  SocketType,
  TransmitFileOptions,
} from 'socket-async-event-args';

import { run } from './run.js';

const longestName = 1024;
const newline = '\n'.charCodeAt(0);

export class FileServer {
  readonly #folder: string;
  readonly #listener: Socket;
  readonly #clients = new Set<Socket>();

  /**
   * @param folder The folder whose files are sent, and no others.
   * @param port The port on 127.0.0.1; 0 lets the system choose one.
   */
  constructor(folder: string, port = 0) {
    this.#folder = resolve(folder);
    this.#listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    this.#listener.bind(new IPEndPoint(IPAddress.Loopback, port));
    this.#listener.listen();
    this.#accept();
  }

  get localEndPoint(): IPEndPoint {
    return this.#listener.localEndPoint as IPEndPoint;
  }

  stop(): void {
    this.#listener.close();
    for (const client of this.#clients) client.close();
  }

  #accept(): void {
    const e = new SocketAsyncEventArgs();
    const accepted = (): void => {
      do {
        if (e.acceptSocket === null) return; // the server was stopped
        void this.#serve(e.acceptSocket);
        e.acceptSocket = null;
      } while (!this.#listener.acceptAsync(e));
    };
    e.on('completed', accepted);
    if (!this.#listener.acceptAsync(e)) accepted();
  }

  async #serve(client: Socket): Promise<void> {
    this.#clients.add(client);
    using e = new SocketAsyncEventArgs();
    try {
      const name = await readName(client, e);
      e.sendPacketsElements = [new SendPacketsElement(this.#pathOf(name))];
      e.sendPacketsFlags = TransmitFileOptions.Disconnect;
      await run(e, each => client.sendPacketsAsync(each));
    } catch {
      // There is no such file, or the client has gone: it sees the end, and no bytes.
    } finally {
      client.close();
      this.#clients.delete(client);
    }
  }

  #pathOf(name: string): string {
    const path = resolve(this.#folder, name);
    if (!path.startsWith(this.#folder + sep)) throw new Error('A file outside of the folder.');
    return path;
  }
}

async function readName(client: Socket, e: SocketAsyncEventArgs): Promise<string> {
  const buffer = Buffer.alloc(longestName);
  for (let length = 0; length < longestName; length += e.bytesTransferred) {
    e.setBuffer(buffer, length, longestName - length);
    await run(e, each => client.receiveAsync(each));
    const end = buffer.indexOf(newline);
    if (end >= 0) return buffer.toString('utf8', 0, end);
    if (e.bytesTransferred === 0) break;
  }
  throw new Error('There is no name.');
}

if (require.main === module) {
  const [port = '7000', folder = '.'] = process.argv.slice(2);
  const server = new FileServer(folder, Number(port));
  console.log(`The files in ${folder} are at ${server.localEndPoint.toString()}.`);
}
