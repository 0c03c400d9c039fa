// The control codes that there are on Unix. .NET takes Windows' numbers, and has these three.

import { endianness } from 'node:os';

import { IOControlCode } from '../enums/io-control-code.js';
import { SocketError } from '../enums/socket-error.js';
import { InvalidOperationException } from '../errors/invalid-operation-exception.js';
import { PlatformNotSupportedException } from '../errors/not-supported-exception.js';
import { SocketException } from '../errors/socket-exception.js';
import { binding } from './binding.js';
import { lastError, lastException } from './mailbox.js';
import type { SocketCore } from './socket-core.js';

const intLength = 4;

/** Bytes that can be received without waiting. @throws {SocketException} */
export function availableIn(core: SocketCore): number {
  return checked(core, binding.getAvailable(core.handle));
}

/** .NET's IOControl; answers how many bytes of the output were written. */
export function ioControl(core: SocketCore, code: number, output: Uint8Array | null): number {
  // As .NET does, which has an overload for negative numbers: the lower 32 bits decide.
  switch (code >>> 0) {
    case IOControlCode.NonBlockingIO:
      throw new InvalidOperationException('Set the property blocking instead.');
    case IOControlCode.DataToRead:
      return writeInt(core, output, availableIn);
    case IOControlCode.OobDataRead:
      return writeInt(core, output, () => checked(core, binding.isAtMark(core.handle)));
    default:
      throw new PlatformNotSupportedException('Only Windows has this control code.');
  }
}

function writeInt(
  core: SocketCore,
  output: Uint8Array | null,
  read: (core: SocketCore) => number,
): number {
  if (output === null || output.length < intLength) {
    core.noteFailure(SocketError.Fault);
    throw new SocketException(SocketError.Fault, { syscall: 'ioctl' });
  }
  const view = new DataView(output.buffer, output.byteOffset, intLength);
  view.setInt32(0, read(core), endianness() === 'LE');
  return intLength;
}

function checked(core: SocketCore, answer: number): number {
  if (answer >= 0) return answer;
  core.noteFailure(lastError());
  throw lastException('ioctl');
}
