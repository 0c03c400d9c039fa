// SendPackets: opens the files, makes native's list of what to send, and hands it over.

import { existsSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { SocketAsyncOperation } from '../../enums/socket-async-operation.js';
import { TransmitFileOptions } from '../../enums/transmit-file-options.js';
import { ArgumentException } from '../../errors/argument-exceptions.js';
import { InvalidOperationException } from '../../errors/invalid-operation-exception.js';
import {
  DirectoryNotFoundException,
  FileNotFoundException,
  IOException,
} from '../../errors/io-exceptions.js';
import { NotSupportedException } from '../../errors/not-supported-exception.js';
import { ObjectDisposedException } from '../../errors/object-disposed-exception.js';
import { UnauthorizedAccessException } from '../../errors/unauthorized-access-exception.js';
import type { SendPacketsElement } from '../../send-packets-element.js';
import type { Socket } from '../../socket.js';
import {
  ENDING_DISCONNECT,
  ENDING_DISCONNECT_AND_REUSE,
  ENDING_NONE,
  RECORD_ENDING,
} from '../abi.js';
import { binding, type Packets } from '../binding.js';
import { lastException } from '../mailbox.js';
import { byteLengthOf, byteOffsetOf, regionOf } from '../memory.js';
import type { Operation } from '../operation.js';
import type { SendPacketsPart } from '../send-packets-part.js';
import type { SocketCore } from '../socket-core.js';
import { submit } from '../submit.js';
import { upcalls } from '../upcalls.js';
import { maxInt32, requireInteger, wrongType } from '../validate.js';

const toTheEnd = -1;
/** What a `FileHandle` says its descriptor is when it was closed. */
const closedHandle = -1;

export function startSendPackets(core: SocketCore, operation: Operation, sender: Socket): boolean {
  const elements = operation.extras.sendPacketsElements;
  if (elements === null) throw new ArgumentException('SendPacketsElements is not set.', 'e');
  if (!core.isConnected) {
    throw new NotSupportedException('Packets can be sent over connected sockets only.');
  }
  const snapshot = [...elements];
  operation.begin(SocketAsyncOperation.SendPackets, core, sender);
  let packets: Packets;
  try {
    packets = makePackets(snapshot);
    // A FileHandle of the user's own class may have closed the socket meanwhile.
    if (core.isClosed) dropAndThrow(packets, core);
  } catch (error) {
    operation.end();
    throw error;
  }
  operation.ownExtras.packets = snapshot; // native keeps no buffer alive
  operation.words[operation.record + RECORD_ENDING] = endingOf(operation.extras.sendPacketsFlags);
  binding.attachPackets(operation.slot, packets);
  return submit(core, operation);
}

function dropAndThrow(packets: Packets, core: SocketCore): never {
  binding.dropPackets(packets);
  return core.throwClosed();
}

function endingOf(flags: TransmitFileOptions): number {
  if ((flags & TransmitFileOptions.ReuseSocket) !== 0) return ENDING_DISCONNECT_AND_REUSE;
  return (flags & TransmitFileOptions.Disconnect) !== 0 ? ENDING_DISCONNECT : ENDING_NONE;
}

/** All files are opened before anything is sent, and closed again if one cannot be opened. */
function makePackets(elements: readonly (SendPacketsElement | null)[]): Packets {
  const packets = binding.createPackets();
  if (packets === undefined) throw new InvalidOperationException('The thread is being terminated.');
  try {
    for (const element of elements) {
      if (element === null) continue;
      const part = upcalls.partOf(element);
      if (part === null) throw wrongType(element, 'SendPacketsElements', 'SendPacketsElement');
      addPart(packets, part);
    }
  } catch (error) {
    binding.dropPackets(packets);
    throw error;
  }
  return packets;
}

function addPart(packets: Packets, part: SendPacketsPart): void {
  const { filePath, fileStream, memory, offset, count } = part;
  if (memory !== null) {
    if (byteLengthOf(memory) !== count) {
      throw new ArgumentException('The memory of an element was transferred away.', 'buffer');
    }
    if (count === 0) return;
    const region = regionOf(memory, 'buffer');
    binding.addPacketBytes(packets, region, byteOffsetOf(memory), count);
    return;
  }
  const length = count === 0 ? toTheEnd : count;
  if (filePath !== null) addPath(packets, filePath, offset, length);
  else if (fileStream !== null) addOpenFile(packets, fileStream, offset, length);
}

function addPath(packets: Packets, path: string, offset: number, length: number): void {
  if (path === '') throw new ArgumentException('The path is empty.', 'path');
  if (path.includes('\0')) throw new ArgumentException('There is a NUL in the path.', 'path');
  if (binding.addPacketPath(packets, path, offset, length)) return;
  const absolute = absoluteOf(path);
  const cause = lastException('open');
  switch (cause.code) {
    case 'ENOENT':
      if (existsSync(dirname(absolute))) {
        throw new FileNotFoundException(`There is no file '${absolute}'.`, absolute, { cause });
      }
      throw new DirectoryNotFoundException(`There is no folder for '${absolute}'.`, { cause });
    case 'ENOTDIR':
      throw new DirectoryNotFoundException(`There is no folder for '${absolute}'.`, { cause });
    case 'EACCES':
    case 'EPERM':
    case 'EISDIR':
      throw new UnauthorizedAccessException(`'${absolute}' cannot be read.`, { cause });
    default:
      throw new IOException(`'${absolute}' cannot be opened.`, { cause });
  }
}

function absoluteOf(path: string): string {
  try {
    return resolve(path);
  } catch {
    return path; // the current folder has been removed
  }
}

function addOpenFile(
  packets: Packets,
  file: FileHandle | number,
  offset: number,
  length: number,
): void {
  const descriptor: unknown = typeof file === 'number' ? file : file.fd;
  if (descriptor === closedHandle) throw new ObjectDisposedException('FileHandle');
  requireInteger(descriptor, 'fileStream', 0, maxInt32);
  if (binding.addPacketFile(packets, descriptor, offset, length)) return;
  const cause = lastException('dup');
  throw new IOException(`The descriptor ${descriptor} is not that of an open file.`, { cause });
}
