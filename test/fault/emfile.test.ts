// The process may open no more descriptors: what needs one says so, and all else goes on.

import { runFixture } from '../support/child.js';
import { skipUnless } from '../support/skip.js';

const testLimit = skipUnless(process.platform !== 'win32', 'there is no ulimit here');

const scenarios: [string, string, string[]][] = [
  [
    'create',
    'a new socket throws TooManyOpenSockets, with the code of the system',
    [
      'true TooManyOpenSockets EMFILE socket',
      'TooManyOpenSockets',
      'TooManyOpenSockets',
      'TooManyOpenSockets',
      'true',
    ],
  ],
  [
    'accept',
    'an accept reports TooManyOpenSockets, and the listener and its connections go on',
    [
      'pending TooManyOpenSockets',
      'works',
      'at once TooManyOpenSockets null',
      'with room Success',
      'true',
      'works',
    ],
  ],
  [
    'staticConnect',
    'a static connect throws TooManyOpenSockets, and its event args stay fit for use',
    ['thrown TooManyOpenSockets', 'with room Success'],
  ],
  [
    'connectAgain',
    'a second attempt to connect reports TooManyOpenSockets, and a later one succeeds',
    [
      'refused ConnectionRefused',
      'full TooManyOpenSockets',
      'full TooManyOpenSockets null',
      'with room Success true',
    ],
  ],
];

for (const [scenario, title, lines] of scenarios) {
  testLimit(title, async () => {
    const ended = await runFixture('emfile', [scenario], { before: 'ulimit -n 64' });
    expect(ended).toEqual({ code: 0, signal: null, stdout: `${lines.join('\n')}\n`, stderr: '' });
  });
}
