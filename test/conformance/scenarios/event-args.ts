// Event args by themselves: defaults, setters, buffers and lists.

import { call, get, let_, make, scenario, set, type Step } from '../comparison/scenario.js';
import { args, given, tcp } from './setups.js';

const bytes = (name: string, length: number): Step => let_(name, { fill: [length, 1] });
const seen = get('e', 'buffer', 'memoryBuffer', 'offset', 'count', 'bufferList');

const defaults = [
  scenario(
    'S-056 new event args are empty',
    make('e', 'SocketAsyncEventArgs'),
    get('e', 'acceptSocket', 'buffer', 'bufferList', 'bytesTransferred', 'connectByNameError'),
    get('e', 'connectSocket', 'count', 'disconnectReuseSocket', 'lastOperation', 'memoryBuffer'),
    get('e', 'offset', 'receiveMessageFromPacketInfo', 'remoteEndPoint', 'sendPacketsElements'),
    get('e', 'sendPacketsFlags', 'sendPacketsSendSize', 'socketError', 'socketFlags', 'userToken'),
  ),
  scenario(
    'S-001 S-002 S-003 S-004 P-007 plain properties keep what they are set to',
    given(args('e'), tcp('socket')),
    set('e', 'userToken', '@socket'),
    set('e', 'socketFlags', '#SocketFlags.Broadcast'),
    set('e', 'sendPacketsSendSize', 4),
    set('e', 'sendPacketsSendSize', -7),
    set('e', 'sendPacketsFlags', '#TransmitFileOptions.Disconnect|ReuseSocket'),
    set('e', 'sendPacketsFlags', '#TransmitFileOptions.UseDefaultWorkerThread'),
    set('e', 'socketError', '#SocketError.HostDown'),
    set('e', 'socketError', 12_345),
    set('e', 'disconnectReuseSocket', true),
    set('e', 'acceptSocket', '@socket'),
    set('e', 'remoteEndPoint', { endPoint: ['::1', 9] }),
    set('e', 'remoteEndPoint', { dns: ['localhost', 9] }),
    set('e', 'remoteEndPoint', null),
    set('e', 'sendPacketsElements', []),
    set('e', 'sendPacketsElements', null),
  ),
  scenario(
    'S-005 disposing twice is no mistake',
    given(args('e', 4)),
    call('e', 'dispose'),
    call('e', 'dispose'),
    set('e', 'userToken', '@e'),
    call('e', 'setBuffer', 0, 1),
    set('e', 'bufferList', null),
    set('e', 'sendPacketsElements', null),
    seen,
  ),
  scenario(
    'S-009 S-011 event args may be told not to keep the context',
    make('e', 'SocketAsyncEventArgs', true),
    make('f', 'SocketAsyncEventArgs', false),
    get('e', 'lastOperation'),
  ),
];

const ranges = [
  scenario(
    'S-012 S-013 S-014 S-015 T-001 F-001 M-001 SetBuffer looks at the window',
    given(args('e'), bytes('one', 1)),
    ...[
      [-1, 0],
      [2, 0],
      [0, -1],
      [0, 2],
      [1, 1],
      [1, 0],
      [0, 1],
      [2_147_483_647, 2_147_483_647],
      [0, 2_147_483_647],
    ].map(([offset, count]) => call('e', 'setBuffer', '@one', offset, count)),
    seen,
  ),
  scenario(
    'S-017 S-018 S-019 S-020 a new window is looked at like the first',
    given(args('e'), bytes('two', 2), call('e', 'setBuffer', '@two', 0, 1)),
    ...[
      [-1, 2],
      [3, 2],
      [0, -1],
      [0, 3],
      [2, 0],
      [1, 1],
    ].map(([offset, count]) => call('e', 'setBuffer', offset, count)),
    seen,
  ),
  scenario(
    'S-021 a window without a buffer is nothing',
    given(args('e')),
    call('e', 'setBuffer', 42, 84),
    call('e', 'setBuffer', -1, -1),
    seen,
    call('e', 'setBuffer', null, 5, 6),
    seen,
  ),
  scenario(
    'S-044 S-045 memory has no window to be set, an array has',
    given(args('e'), bytes('memory', 42), bytes('array', 42)),
    call('e', 'setBuffer', '@memory'),
    ...[
      [0, 42],
      [0, 0],
      [1, 2],
      [43, 0],
      [0, 43],
    ].map(([offset, count]) => call('e', 'setBuffer', offset, count)),
    seen,
    call('e', 'setBuffer', '@array', 0, 42),
    call('e', 'setBuffer', 1, 2),
    seen,
  ),
];

const list = (name: string): Step => let_(name, [{ fill: [3, 1] }, { fill: [4, 2] }]);

const combinations = [
  scenario(
    'S-023 S-047 a list cannot join a buffer',
    given(args('e'), bytes('array', 4), list('list')),
    call('e', 'setBuffer', '@array', 0, 1),
    set('e', 'bufferList', '@list'),
    seen,
    call('e', 'setBuffer', null, 0, 0),
    set('e', 'bufferList', '@list'),
    set('e', 'bufferList', null),
    call('e', 'setBuffer', '@array'),
    set('e', 'bufferList', '@list'),
    seen,
    call('e', 'setBuffer', { fill: [0, 0] }),
    set('e', 'bufferList', '@list'),
    seen,
  ),
  scenario(
    'S-024 S-025 S-048 S-049 a buffer cannot join a list',
    given(args('e'), bytes('array', 4), list('list')),
    set('e', 'bufferList', '@list'),
    call('e', 'setBuffer', '@array', 0, 1),
    call('e', 'setBuffer', '@array'),
    seen,
    call('e', 'setBuffer', { fill: [0, 0] }),
    call('e', 'setBuffer', null, 0, 0),
    call('e', 'setBuffer', 1, 1),
    seen,
    set('e', 'bufferList', null),
    call('e', 'setBuffer', '@array', 0, 1),
    seen,
  ),
  scenario(
    'S-026 a list is the very object that was assigned',
    given(args('e'), list('first'), list('second')),
    ...[null, null, '@first', '@first', '@second', null].map(value =>
      set('e', 'bufferList', value),
    ),
  ),
  scenario(
    'S-027 S-043 S-050 S-051 a buffer takes the place of the one before',
    given(args('e'), bytes('first', 3), bytes('second', 4)),
    call('e', 'setBuffer', '@first', 0, 3),
    call('e', 'setBuffer', '@first', 0, 3),
    call('e', 'setBuffer', 1, 2),
    call('e', 'setBuffer', '@second'),
    call('e', 'setBuffer', '@first'),
    call('e', 'setBuffer', '@second', 2, 1),
    call('e', 'setBuffer', null, 7, 7),
  ),
  scenario(
    'S-049 empty arrays and lists count as nothing',
    given(args('e'), bytes('empty', 0), list('list')),
    call('e', 'setBuffer', '@empty', 0, 0),
    seen,
    set('e', 'bufferList', '@list'),
    set('e', 'bufferList', []),
    seen,
    call('e', 'setBuffer', '@empty', 0, 0),
  ),
];

export const eventArgs = [...defaults, ...ranges, ...combinations];
