// Where ours answers otherwise than .NET on Linux, and why. Everything that is not here is a mistake
// of ours. docs/conformance.md prints this list.

import type { Difference, Explanation } from './compare.js';

const isAbout = ({ key }: Difference, ...properties: string[]): boolean =>
  properties.some(property => key.endsWith(`.${property}`));

/** Whether a step before this one calls such a method. */
const wasCalled = ({ scenario, index }: Difference, method: string): boolean =>
  JSON.stringify(scenario.steps.slice(0, index + 1)).includes(`"${method}"`);

const resolverErrors = /\b(HostNotFound|TryAgain|NoData)\b/;

export const explanations: readonly Explanation[] = [
  {
    name: 'missing member',
    reason:
      'The member is not offered; the table of members says why. What follows from the call differs too.',
    isFork: true,
    explains: ({ key, ours, theirs }) =>
      key === '' &&
      (ours?.includes('no such thing: ') ?? false) &&
      !(theirs?.includes('no such thing: ') ?? false),
  },
  {
    name: 'local endpoint of a new descriptor',
    reason:
      'After a failed connect, a disconnect with reuse, or SendPackets with ReuseSocket, a new descriptor takes the place of the old one. .NET goes on showing the local endpoint that the old one had; ours asks the new one.',
    isFork: true,
    explains: difference =>
      (isAbout(difference, 'localEndPoint') ||
        (difference.key === '' && difference.step[0] === 'get')) &&
      (wasCalled(difference, 'disconnectAsync') ||
        wasCalled(difference, 'sendPacketsAsync') ||
        wasCalled(difference, 'connectAsync')) &&
      isEndPoint(difference.theirs) &&
      isEndPoint(difference.ours),
  },
  {
    name: 'peer of a datagram socket that is connected anew',
    reason:
      'A datagram socket may connect again. .NET goes on showing the first peer as RemoteEndPoint; ours shows the one that it is connected to.',
    explains: difference =>
      (isAbout(difference, 'remoteEndPoint') ||
        (difference.key === '' && difference.step[0] === 'get')) &&
      JSON.stringify(difference.scenario.steps).includes('SocketType.Dgram') &&
      wasCalled(difference, 'connectAsync'),
  },
  {
    name: 'connect with a buffer that is refused later',
    reason:
      '.NET 10 never completes a connect with a buffer that is pending and then refused: the event is not raised, and the event args stay in use. Ours completes with the error.',
    isFork: true,
    explains: ({ scenario, step, theirs, ours }) =>
      theirs === 'late' &&
      ours !== 'late' &&
      step[2] === 'connectAsync' &&
      JSON.stringify(scenario.steps).includes('setBuffer'),
  },
  {
    name: 'connect after a refused one, with options that .NET does not track',
    reason:
      'A socket whose connect failed gets a new descriptor for the next one. .NET refuses that with PlatformNotSupportedException if an option was set that it does not carry over (such as Ttl over IPv6); ours carries every option over.',
    isFork: true,
    explains: ({ key, step, theirs }) =>
      key === '' && theirs === 'PlatformNotSupportedException' && step[2] === 'connectAsync',
  },
  {
    name: 'connect after a disconnect that threw',
    reason:
      'disconnectAsync throws on a socket that was never connected. In .NET connecting it afterwards is answered with IsConnected; ours connects.',
    isFork: true,
    explains: ({ scenario, step, key, theirs }) =>
      step[2] === 'connectAsync' &&
      /\.(socketError|connectByNameError)$/.test(key) &&
      (theirs?.includes('IsConnected') ?? false) &&
      JSON.stringify(scenario.steps).includes('"disconnectAsync"'),
  },
  {
    name: 'results of an aborted operation',
    reason:
      'An operation that ends with OperationAborted has moved nothing. .NET may show the bytes, flags and sender of an operation before it on the same socket; ours shows none.',
    explains: difference =>
      difference.step[0] === 'await' &&
      isAbout(difference, 'bytesTransferred', 'socketFlags', 'remoteEndPoint') &&
      (wasCalled(difference, 'close') || wasCalled(difference, 'dispose')),
  },
  {
    name: 'bytes of DontFragment',
    reason:
      'With an option in bytes, .NET translates DontFragment inside the array of the caller, which comes back changed. Ours leaves what it is given to set as it is.',
    explains: ({ step }) => /"[gs]etSocketOption".*DontFragment/.test(JSON.stringify(step)),
  },
  {
    name: 'datagram from a list that ends with nothing',
    reason:
      'When the last segment of a bufferList is empty, .NET goes on after the datagram has left and sends a second, empty one, which also hides from Available what is behind it. Ours sends one.',
    isFork: true,
    explains: ({ scenario, index }) => {
      const before = JSON.stringify(scenario.steps.slice(0, index));
      if (!before.includes('SocketType.Dgram')) return false;
      return /"part":\["@\w+",\d+,0\]\}\]/.test(before) && before.includes('"send');
    },
  },
  {
    name: 'empty memory',
    reason:
      'setBuffer(memory) with no bytes clears the buffer. In .NET that is so for Memory<byte>.Empty alone: the empty memory of an array counts as a buffer, and keeps a BufferList out.',
    isFork: true,
    explains: ({ key, step, scenario, theirs, ours }) =>
      key === '' &&
      step[0] === 'set' &&
      step[2] === 'bufferList' &&
      theirs === 'ArgumentException(no name)' &&
      ours === '' &&
      /"setBuffer",(\{"fill":\[0,0\]\}|"@empty")\]/.test(JSON.stringify(scenario.steps)),
  },
  {
    name: 'what the resolver says of a name that does not exist',
    reason: 'It depends on the network of the moment, not on either implementation.',
    explains: ({ theirs, ours }) =>
      resolverErrors.test(theirs ?? '') && resolverErrors.test(ours ?? ''),
  },
];

function isEndPoint(text: string | undefined): boolean {
  return text === undefined || /:(p?\d+)\b|null/.test(text);
}
