// SocketError ↔ Node's code string ↔ the system's error number.
//
// The tables below know names only. The numbers behind the names differ between systems and are
// read once, when this file loads: from the runtime's list of libuv errors, which also has what
// Windows calls them, and from `os.constants.errno`, which has the rest.

import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';

import { SocketError } from '../enums/socket-error.js';

// The one code that stands for each error. Where an error has several codes this is the likeliest
// one, so TooManyOpenSockets is EMFILE (the process's limit), not ENFILE (the system's).
// Four errors exist on Windows only and go by the names Node gives them there.
const codeOfError: Readonly<Partial<Record<SocketError, string>>> = {
  [SocketError.SocketError]: 'UNKNOWN',
  [SocketError.OperationAborted]: 'ECANCELED',
  [SocketError.Interrupted]: 'EINTR',
  [SocketError.AccessDenied]: 'EACCES',
  [SocketError.Fault]: 'EFAULT',
  [SocketError.InvalidArgument]: 'EINVAL',
  [SocketError.TooManyOpenSockets]: 'EMFILE',
  [SocketError.WouldBlock]: 'EAGAIN',
  [SocketError.InProgress]: 'EINPROGRESS',
  [SocketError.AlreadyInProgress]: 'EALREADY',
  [SocketError.NotSocket]: 'ENOTSOCK',
  [SocketError.DestinationAddressRequired]: 'EDESTADDRREQ',
  [SocketError.MessageSize]: 'EMSGSIZE',
  [SocketError.ProtocolType]: 'EPROTOTYPE',
  [SocketError.ProtocolOption]: 'ENOPROTOOPT',
  [SocketError.ProtocolNotSupported]: 'EPROTONOSUPPORT',
  [SocketError.SocketNotSupported]: 'ESOCKTNOSUPPORT',
  [SocketError.OperationNotSupported]: 'ENOTSUP',
  [SocketError.ProtocolFamilyNotSupported]: 'EPFNOSUPPORT',
  [SocketError.AddressFamilyNotSupported]: 'EAFNOSUPPORT',
  [SocketError.AddressAlreadyInUse]: 'EADDRINUSE',
  [SocketError.AddressNotAvailable]: 'EADDRNOTAVAIL',
  [SocketError.NetworkDown]: 'ENETDOWN',
  [SocketError.NetworkUnreachable]: 'ENETUNREACH',
  [SocketError.NetworkReset]: 'ENETRESET',
  [SocketError.ConnectionAborted]: 'ECONNABORTED',
  [SocketError.ConnectionReset]: 'ECONNRESET',
  [SocketError.NoBufferSpaceAvailable]: 'ENOBUFS',
  [SocketError.IsConnected]: 'EISCONN',
  [SocketError.NotConnected]: 'ENOTCONN',
  [SocketError.Shutdown]: 'EPIPE',
  [SocketError.TimedOut]: 'ETIMEDOUT',
  [SocketError.ConnectionRefused]: 'ECONNREFUSED',
  [SocketError.HostDown]: 'EHOSTDOWN',
  [SocketError.HostUnreachable]: 'EHOSTUNREACH',
  [SocketError.ProcessLimit]: 'WSAEPROCLIM',
  [SocketError.SystemNotReady]: 'WSASYSNOTREADY',
  [SocketError.VersionNotSupported]: 'WSAVERNOTSUPPORTED',
  [SocketError.NotInitialized]: 'WSANOTINITIALISED',
  [SocketError.Disconnecting]: 'ESHUTDOWN',
  [SocketError.TypeNotFound]: 'WSATYPE_NOT_FOUND',
  [SocketError.HostNotFound]: 'ENOTFOUND',
  [SocketError.TryAgain]: 'EAI_AGAIN',
  [SocketError.NoRecovery]: 'EAI_FAIL',
  [SocketError.NoData]: 'ENODATA',
};

// Codes that lead to an error without standing for it. Some look odd and are .NET's choice on
// Unix: a missing Unix-domain path (ENOENT) is an address that is not available, and the error of a
// descriptor closed under an operation (EBADF) is that of a cancelled one.
const errorOfOtherCode: Readonly<Record<string, SocketError>> = {
  EPERM: SocketError.AccessDenied,
  ENOENT: SocketError.AddressNotAvailable,
  EWOULDBLOCK: SocketError.WouldBlock,
  EBADF: SocketError.OperationAborted,
  ENFILE: SocketError.TooManyOpenSockets,
  EOPNOTSUPP: SocketError.OperationNotSupported,
  ENXIO: SocketError.HostNotFound,
  EAI_BADFLAGS: SocketError.InvalidArgument,
  EAI_BADHINTS: SocketError.InvalidArgument,
  EAI_CANCELED: SocketError.OperationAborted,
  EAI_FAMILY: SocketError.AddressFamilyNotSupported,
  EAI_NODATA: SocketError.HostNotFound,
  EAI_NONAME: SocketError.HostNotFound,
};

// What .NET answers on Unix where the code above leads elsewhere. The two negative numbers are
// .NET's own, made for errors that no system number stands for.
const nativeOverrides: ReadonlyMap<number, number | string> = new Map<number, number | string>([
  [SocketError.IOPending, 'EINPROGRESS'],
  [SocketError.TooManyOpenSockets, 'ENFILE'],
  [SocketError.TryAgain, 'EAGAIN'],
  [SocketError.HostNotFound, -131073],
  [SocketError.SocketError, -131074],
  [SocketError.NoRecovery, SocketError.NoRecovery],
]);

// Winsock numbers begin here. They are SocketError numbers already, and no Unix has errors as high.
const firstWinsockNumber = 10000;

const systemNumbers: Readonly<Record<string, number | undefined>> = { ...constants.errno };
// Names of the numbers that are no socket errors: those of files, whose numbers on Windows are the
// C library's, not libuv's.
const systemNames = new Map(
  Object.entries(constants.errno).map(([name, number]) => [number, name]),
);
const hasWinsock = systemNumbers['WSAECONNRESET'] !== undefined;

const libuvNumbers = new Map<string, number>();
const libuvCodes = new Map<number, string>();
for (const [number, [code]] of getSystemErrorMap()) {
  libuvNumbers.set(code, number);
  libuvCodes.set(number, code);
}

const codeByError = new Map<number, string>();
const errorByCode = new Map<string, SocketError>();
for (const error of Object.values(SocketError)) {
  const code = codeOfError[error];
  if (code === undefined) continue;
  codeByError.set(error, code);
  errorByCode.set(code, error);
}
for (const [code, error] of Object.entries(errorOfOtherCode)) errorByCode.set(code, error);

// Two names may share a number, as EAGAIN and EWOULDBLOCK do; then the error is the same too, and
// the name is the first one, which is that of the first table.
const codeByErrno = new Map<number, string>();
for (const code of errorByCode.keys()) {
  const libuv = libuvNumbers.get(code);
  for (const number of [systemNumber(code), libuv === undefined ? undefined : -libuv]) {
    if (number !== undefined && !codeByErrno.has(number)) codeByErrno.set(number, code);
  }
}

function systemNumber(code: string): number | undefined {
  const number = systemNumbers[code];
  if (number !== undefined) return number;
  // Node lists EPFNOSUPPORT nowhere. On every Unix it is the number before EAFNOSUPPORT; Windows has
  // it as a Winsock number alone.
  if (code === 'EPFNOSUPPORT') {
    return hasWinsock ? SocketError.ProtocolFamilyNotSupported : constants.errno.EAFNOSUPPORT - 1;
  }
  const libuv = libuvNumbers.get(code);
  return libuv === undefined ? undefined : -libuv;
}

function isSocketError(value: number): value is SocketError {
  return codeByError.has(value) || value === SocketError.Success || value === SocketError.IOPending;
}

/**
 * The socket error for an error number of the system.
 *
 * @param errno A positive number: `errno`, a Winsock number, or a libuv number without its sign
 *   (the name resolution errors exist only as such); 0 gives `Success`.
 * @returns `SocketError.SocketError` if the number is not known.
 * @internal
 */
export function socketErrorFromErrno(errno: number): SocketError {
  if (errno === 0) return SocketError.Success;
  if (errno >= firstWinsockNumber && isSocketError(errno)) return errno;
  const code = codeByErrno.get(errno);
  return code === undefined ? SocketError.SocketError : socketErrorFromNodeCode(code);
}

/**
 * The socket error for a code string as Node's errors carry it, such as `'ECONNRESET'`.
 *
 * @returns `SocketError.SocketError` if the code is not known.
 * @internal
 */
export function socketErrorFromNodeCode(code: string): SocketError {
  return errorByCode.get(code) ?? SocketError.SocketError;
}

/**
 * The code string that Node's errors would carry for a socket error; `'UNKNOWN'` for numbers that
 * are no errors.
 *
 * @internal
 */
export function nodeCodeOf(socketError: number): string {
  if (socketError === SocketError.IOPending) return 'EINPROGRESS';
  return codeByError.get(socketError) ?? 'UNKNOWN';
}

/**
 * The code string for a number that the system gave, if that number has a name; tells EPERM from
 * EACCES, where the socket error does not.
 *
 * @param errno As for {@link socketErrorFromErrno}.
 * @internal
 */
export function nodeCodeOfErrno(errno: number): string | undefined {
  if (errno >= firstWinsockNumber) return codeByError.get(errno);
  // libuv's list knows also those that are no socket errors, such as ENOMEM.
  return codeByErrno.get(errno) ?? libuvCodes.get(-errno) ?? systemNames.get(errno);
}

/**
 * The negative number that Node's errors carry as `errno` together with a code string.
 *
 * @internal
 */
export function errnoOfCode(code: string): number {
  const name = code === 'ENOTFOUND' ? 'EAI_NONAME' : code;
  const libuv = libuvNumbers.get(name);
  if (libuv !== undefined) return libuv;
  const system = systemNumber(name);
  return system === undefined ? (libuvNumbers.get('UNKNOWN') ?? -1) : -system;
}

/**
 * The number .NET gives as `NativeErrorCode` for a socket error: Winsock's on Windows, elsewhere
 * `errno`, or the socket error's own number if no `errno` stands for it.
 *
 * @internal
 */
export function nativeErrorCodeOf(socketError: number): number {
  if (hasWinsock) return socketError;
  const override = nativeOverrides.get(socketError);
  if (typeof override === 'number') return override;
  const code = override ?? codeByError.get(socketError);
  return (code === undefined ? undefined : systemNumber(code)) ?? socketError;
}
