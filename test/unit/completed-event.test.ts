// The `completed` event: a small emitter of our own with the methods of Node's.

import { type CompletedHandler, SocketAsyncEventArgs } from 'socket-async-event-args';

import '../support/leak-audit.js';
import { thrownBy } from '../support/thrown.js';

const e = new SocketAsyncEventArgs();
let called: string[] = [];

/** A handler that leaves its name. */
function handler(name: string, also?: () => void): CompletedHandler {
  return () => {
    called.push(name);
    also?.();
  };
}

/** Raises the event by hand, and says who was called. */
function raise(): string {
  called = [];
  e.emit('completed', null, e);
  return called.join(' ');
}

afterEach(() => {
  e.removeAllListeners();
});

afterAll(() => {
  e.dispose();
});

describe('on', () => {
  test('adds handlers that are called in the order of their adding', () => {
    e.on('completed', handler('a')).on('completed', handler('b'));
    e.addListener('completed', handler('c'));
    expect(raise()).toBe('a b c');
    expect(raise()).toBe('a b c');
  });

  test('adds the same handler as often as it is called', () => {
    const same = handler('a');
    e.on('completed', same).on('completed', same);
    expect(raise()).toBe('a a');
  });

  test('hands the sender and the event args to the handler, and itself as the receiver', () => {
    const given: unknown[] = [];
    const note = function (this: unknown, ...args: unknown[]): void {
      given.push(this, ...args);
    };
    e.on('completed', note).once('completed', note);
    e.emit('completed', null, e);
    expect(given).toEqual([e, null, e, e, null, e]);
  });
});

describe('once', () => {
  test('adds a handler that is called one time', () => {
    e.once('completed', handler('a')).on('completed', handler('b'));
    expect(raise()).toBe('a b');
    expect(raise()).toBe('b');
  });

  test('adds a handler that is gone when it runs, so that it is not called again from inside', () => {
    let depth = 0;
    e.once(
      'completed',
      handler('a', () => {
        if (depth++ === 0) e.emit('completed', null, e);
      }),
    );
    expect(raise()).toBe('a');
  });

  test('adds a handler that goes even if it throws', () => {
    e.once('completed', () => {
      throw new Error('on purpose');
    });
    expect(() => e.emit('completed', null, e)).toThrow('on purpose');
    expect(e.listenerCount('completed')).toBe(0);
  });
});

describe('off', () => {
  test('removes a handler, and the newest if it was added several times', () => {
    const [a, b] = [handler('a'), handler('b')];
    e.on('completed', a).on('completed', b).on('completed', a);
    e.off('completed', a);
    expect(raise()).toBe('a b');
    e.removeListener('completed', a);
    expect(raise()).toBe('b');
  });

  test('removes a handler of once by the handler that was given', () => {
    const a = handler('a');
    e.once('completed', a);
    e.off('completed', a);
    expect(raise()).toBe('');
  });

  test('does nothing for a handler that was never added', () => {
    e.on('completed', handler('a'));
    e.off('completed', handler('a'));
    expect(raise()).toBe('a');
  });
});

describe('prependListener', () => {
  test('adds a handler before all others', () => {
    e.on('completed', handler('b')).prependListener('completed', handler('a'));
    e.prependOnceListener('completed', handler('first'));
    expect(raise()).toBe('first a b');
    expect(raise()).toBe('a b');
  });
});

describe('while the event is raised', () => {
  test('a handler that removes itself does not keep the next from being called', () => {
    const self = handler('self', () => e.off('completed', self));
    e.on('completed', self).on('completed', handler('b'));
    expect(raise()).toBe('self b');
    expect(raise()).toBe('b');
  });

  test('a handler that is removed is still called this time, as in .NET', () => {
    const later = handler('later');
    e.on(
      'completed',
      handler('first', () => e.off('completed', later)),
    );
    e.on('completed', later);
    expect(raise()).toBe('first later');
    expect(raise()).toBe('first');
  });

  test('a handler that is added is called from the next time on', () => {
    e.once(
      'completed',
      handler('a', () => e.on('completed', handler('b'))),
    );
    expect(raise()).toBe('a');
    expect(raise()).toBe('b');
  });

  test('removing all handlers lets this time run to its end', () => {
    e.on(
      'completed',
      handler('a', () => e.removeAllListeners()),
    );
    e.on('completed', handler('b'));
    expect(raise()).toBe('a b');
    expect(raise()).toBe('');
  });
});

describe('what there is can be asked for', () => {
  const [a, b] = [handler('a'), handler('b')];

  test('listeners gives the handlers as they were added, and listenerCount their number', () => {
    e.on('completed', a).once('completed', b).on('completed', a);
    expect(e.listeners('completed')).toEqual([a, b, a]);
    expect(e.listenerCount('completed')).toBe(3);
    expect(e.listenerCount('completed', a)).toBe(2);
    expect(e.listenerCount('completed', b)).toBe(1);
    expect(e.listenerCount('completed', handler('c'))).toBe(0);
  });

  test('rawListeners gives the wrapper of once, with the handler as its listener', () => {
    e.on('completed', a).once('completed', b);
    const [rawA, rawB] = e.rawListeners('completed');
    expect(rawA).toBe(a);
    expect(rawB).not.toBe(b);
    expect((rawB as { listener?: unknown }).listener).toBe(b);
    called = [];
    rawB(null, e);
    expect(called).toEqual(['b']);
    expect(e.listeners('completed')).toEqual([a]);
  });

  test('the lists are copies', () => {
    e.on('completed', a);
    e.listeners('completed').push(b);
    e.rawListeners('completed').length = 0;
    expect(e.listeners('completed')).toEqual([a]);
  });

  test('eventNames names the event while it has handlers', () => {
    expect(e.eventNames()).toEqual([]);
    e.on('completed', a);
    expect(e.eventNames()).toEqual(['completed']);
    e.removeAllListeners('completed');
    expect(e.eventNames()).toEqual([]);
  });

  test('there is no limit of handlers', () => {
    expect(e.setMaxListeners(1)).toBe(e);
    expect(e.getMaxListeners()).toBe(0);
    for (let i = 0; i < 100; i++) e.on('completed', a);
    expect(raise().split(' ')).toHaveLength(100);
  });
});

describe('emit', () => {
  test('says whether there were handlers', () => {
    expect(e.emit('completed', null, e)).toBe(false);
    e.on('completed', handler('a'));
    expect(e.emit('completed', null, e)).toBe(true);
  });

  test('lets an exception of a handler pass, and calls no handler after it', () => {
    e.on('completed', () => {
      throw new Error('on purpose');
    });
    e.on('completed', handler('b'));
    expect(raise).toThrow('on purpose');
    expect(called).toEqual([]);
  });
});

const withHandler = [
  'on',
  'once',
  'off',
  'addListener',
  'removeListener',
  'prependListener',
  'prependOnceListener',
] as const;

test.each(withHandler)('%s refuses an event of another name and what is no handler', name => {
  const call = (eventName: unknown, given: unknown): string =>
    thrownBy(() => e[name](eventName as 'completed', given as CompletedHandler));
  for (const other of ['Completed', 'message', '', Symbol('completed'), undefined, null, 1, {}]) {
    expect(call(other, handler('a'))).toBe('ArgumentException(eventName)');
  }
  for (const wrong of ['a', 1, {}, [], Symbol('handler')]) {
    expect(call('completed', wrong)).toBe('ArgumentException(handler)');
  }
  expect(call('completed', null)).toBe('ArgumentNullException(handler)');
  expect(call('completed', undefined)).toBe('ArgumentNullException(handler)');
  expect(raise()).toBe('');
});

const withName = [
  'listeners',
  'rawListeners',
  'listenerCount',
  'removeAllListeners',
  'emit',
] as const;

test.each(withName)('%s refuses an event of another name', name => {
  const call = (eventName: string): unknown => Reflect.apply(e[name], e, [eventName]);
  expect(thrownBy(() => call('message'))).toBe('ArgumentException(eventName)');
});

test('the event "error" can be listened for, and never comes', () => {
  const error = 'error' as 'completed'; // what events.once() does beside its own event
  e.on(error, handler('error'));
  expect(e.listenerCount(error)).toBe(0);
  expect(e.emit(error, null, e)).toBe(false);
  expect(raise()).toBe('');
});
