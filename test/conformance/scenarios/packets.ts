// SendPackets and its elements.

import {
  call,
  get,
  let_,
  make,
  perform,
  scenario,
  set,
  start,
  until,
  type Json,
  type Step,
} from '../comparison/scenario.js';
import { args, given, pair, tcp, udp } from './setups.js';

/** Sends a list of elements over a connection; what the peer gets of it. */
const sends = (row: string, what: string, makers: readonly Step[], list: Json, total: number) =>
  scenario(
    `${row} ${what}`,
    given(pair(), args('e'), args('in', 5000)),
    ...makers,
    set('e', 'sendPacketsElements', list),
    perform('e', 'sendPacketsAsync', 'client'),
    ...(total > 0
      ? [until('server', 'available', total), perform('in', 'receiveAsync', 'server')]
      : []),
    get('e', 'bytesTransferred', 'socketError'),
    get('server', 'available'),
  );

const element = (name: string, ...values: Json[]): Step =>
  make(name, 'SendPacketsElement', ...values);
const bytes = let_('bytes', { fill: [10, 3] });
const file = let_('file', { file: ['$folder/file', 1024] });
const opened = let_('opened', { open: ['$folder/file'] });

const buffers = [
  sends('P-008', 'a buffer is sent', [bytes, element('a', '@bytes')], ['@a'], 10),
  sends('P-009', 'a part of a buffer is sent', [bytes, element('a', '@bytes', 5, 5)], ['@a'], 5),
  sends('P-010', 'an empty buffer is passed over', [element('a', { fill: [0, 0] })], ['@a'], 0),
  sends(
    'P-011',
    'no bytes of a buffer are passed over',
    [bytes, element('a', '@bytes', 4, 0)],
    ['@a'],
    0,
  ),
  sends('P-005', 'null is passed over', [], [null], 0),
  sends('P-005', 'no elements at all are success', [], [], 0),
  sends(
    'P-037 Z-023',
    'elements are sent in order, null among them',
    [bytes, element('a', '@bytes', 5, 5), element('b', { fill: [3, 9] })],
    ['@b', null, '@a', '@b'],
    11,
  ),
];

const files = [
  sends('P-021', 'a file is sent', [file, element('a', '@file')], ['@a'], 1024),
  sends(
    'P-022',
    'a file with a count of 0 is sent whole',
    [file, element('a', '@file', 0, 0)],
    ['@a'],
    1024,
  ),
  sends(
    'P-023 P-028',
    'a part of a file is sent',
    [file, element('a', '@file', 10, 20)],
    ['@a'],
    20,
  ),
  sends(
    'P-021',
    'a file from an offset on is sent',
    [file, element('a', '@file', 1000, 0)],
    ['@a'],
    24,
  ),
  sends(
    'P-025',
    'an offset beyond the end is reported',
    [file, element('a', '@file', 11_000, 1)],
    ['@a'],
    0,
  ),
  sends(
    'P-026',
    'a count beyond the end is reported',
    [file, element('a', '@file', 5, 10_000)],
    ['@a'],
    0,
  ),
  sends(
    'P-021',
    'an offset at the end sends nothing',
    [file, element('a', '@file', 1024, 0)],
    ['@a'],
    0,
  ),
  sends(
    'P-021',
    'an empty file sends nothing',
    [let_('none', { file: ['$folder/none', 0] }), element('a', '@none')],
    ['@a'],
    0,
  ),
  sends('P-029', 'an open file is sent', [file, opened, element('a', '@opened')], ['@a'], 1024),
  sends(
    'P-031',
    'an open file with a count is sent',
    [file, opened, element('a', '@opened', 0, 1024)],
    ['@a'],
    1024,
  ),
  sends(
    'P-032',
    'a part of an open file is sent',
    [file, opened, element('a', '@opened', 10, 20)],
    ['@a'],
    20,
  ),
  sends(
    'P-034',
    'an offset beyond the end of an open file is reported',
    [file, opened, element('a', '@opened', 5000, 1)],
    ['@a'],
    0,
  ),
  sends(
    'P-035',
    'a count beyond the end of an open file is reported',
    [file, opened, element('a', '@opened', 5, 10_000)],
    ['@a'],
    0,
  ),
  sends(
    'P-033 P-037 P-038 P-039',
    'files, open files and buffers are sent in order',
    [
      file,
      opened,
      bytes,
      element('a', '@file', 0, 10),
      element('b', '@opened', 20, 30),
      element('c', '@bytes'),
      element('d', '@opened', 0, 20),
    ],
    ['@a', '@b', '@c', '@d', '@a'],
    80,
  ),
  sends(
    'Z-023',
    'an error ends the list',
    [file, bytes, element('a', '@bytes'), element('b', '@file', 5000, 1), element('c', '@bytes')],
    ['@a', '@b', '@c'],
    10,
  ),
];

const refusals = [
  ...(
    [
      ['P-016', ''],
      ['P-019', '$folder/missing/file'],
      ['P-020', '$folder/missing'],
      ['P-020', '$folder'],
    ] as const
  ).map(([row, path]) =>
    scenario(
      `${row} the path '${path}' is refused, and the event args stay usable`,
      given(pair(), args('e')),
      let_('folder', { file: ['$folder/file', 4] }),
      element('a', path),
      set('e', 'sendPacketsElements', ['@a']),
      start('e', 'sendPacketsAsync', 'client'),
      set('e', 'sendPacketsElements', []),
      perform('e', 'sendPacketsAsync', 'client'),
    ),
  ),
  scenario(
    'P-001 P-002 P-003 P-004 V-017 V-018 what SendPackets refuses',
    given(pair(), args('e'), tcp('fresh'), udp('datagrams')),
    call('client', 'sendPacketsAsync', null),
    start('e', 'sendPacketsAsync', 'client'),
    set('e', 'sendPacketsElements', []),
    start('e', 'sendPacketsAsync', 'fresh'),
    start('e', 'sendPacketsAsync', 'datagrams'),
    call('client', 'dispose'),
    start('e', 'sendPacketsAsync', 'client'),
  ),
];

const endings = [
  ...['Disconnect', 'ReuseSocket', 'Disconnect|ReuseSocket'].map(flags =>
    scenario(
      `P-014 P-015 the socket is disconnected afterwards: ${flags}`,
      given(pair(), args('e'), args('in', 64), args('sending', 4), element('a', { fill: [4, 2] })),
      set('e', 'sendPacketsElements', ['@a']),
      set('e', 'sendPacketsFlags', `#TransmitFileOptions.${flags}`),
      perform('e', 'sendPacketsAsync', 'client'),
      perform('in', 'receiveAsync', 'server'),
      perform('in', 'receiveAsync', 'server'),
      start('sending', 'sendAsync', 'client'),
      get('client', 'connected', 'isBound'),
    ),
  ),
  ...['WriteBehind', 'UseSystemThread', 'UseKernelApc'].map(flags =>
    scenario(
      `P-008 TransmitFileOptions.${flags} changes nothing on Unix`,
      given(pair(), args('e'), args('in', 64), element('a', { fill: [4, 2] })),
      set('e', 'sendPacketsElements', ['@a']),
      set('e', 'sendPacketsFlags', `#TransmitFileOptions.${flags}`),
      set('e', 'sendPacketsSendSize', 2),
      perform('e', 'sendPacketsAsync', 'client'),
      perform('in', 'receiveAsync', 'server'),
    ),
  ),
  scenario(
    'P-013 one event args sends packets twice',
    given(
      pair(),
      args('e'),
      args('in', 64),
      bytes,
      element('a', '@bytes', 4, 0),
      element('b', '@bytes', 4, 4),
    ),
    set('e', 'sendPacketsElements', ['@a']),
    perform('e', 'sendPacketsAsync', 'client'),
    set('e', 'sendPacketsElements', ['@b']),
    perform('e', 'sendPacketsAsync', 'client'),
    perform('in', 'receiveAsync', 'server'),
  ),
];

const description = get(
  'a',
  'buffer',
  'memoryBuffer',
  'offset',
  'offsetLong',
  'count',
  'endOfPacket',
  'filePath',
  'fileStream',
);

const elements = [
  ...(
    [
      ['E-004', [{ fill: [0, 0] }]],
      ['E-005', ['@five']],
      ['E-006', ['@five', -1, 11]],
      ['E-007', ['@five', 0, -1]],
      ['E-009', ['@five', 5, 10]],
      ['E-009', ['@five', 6, 0]],
      ['E-010', ['@five', 2, 3, true]],
      ['E-011', ['@five', 2, 3, false]],
      ['E-012', ['@five', 4, 0]],
      ['E-013', ['@five', true]],
      ['E-013', ['@five', false]],
      ['E-015', ['name']],
      ['E-016', ['name', 0, 0]],
      ['E-017', ['name', -1, 11]],
      ['E-018', ['name', 0, -1]],
      ['E-019', ['name', 2, 8, true]],
      ['E-019', ['name', 2, 8, false]],
      ['E-015', ['name', 2_147_483_648, 8]],
      ['E-015', ['']],
      ['E-021', ['@opened']],
      ['E-023', ['@opened', -1, 11]],
      ['E-023', ['@opened', 0, -1]],
      ['E-024', ['@opened', 2, 8, true]],
      ['E-024', ['@opened', 4, 0]],
    ] as const
  ).map(([row, values]) =>
    scenario(
      `${row} an element of ${JSON.stringify(values)} says what it was made of`,
      given(let_('five', { fill: [5, 2] }), file, opened),
      element('a', ...values),
      description,
    ),
  ),
];

export const packets = [...buffers, ...files, ...refusals, ...endings, ...elements];
