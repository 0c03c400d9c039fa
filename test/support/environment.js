'use strict';

// Jest runs each test file in a realm of its own, with its own Error, Promise, Map and so on. The
// addon is loaded once per process, and what it makes belongs to Node's own realm: a TypeError made
// by native code would be no `instanceof TypeError` here, and a correct answer would fail its test.
// The same holds for what Node's modules make (the errors of node:net, the promise of events.once).
//
// So this environment gives the sandbox Node's built-ins. Two kinds of value never pass through a
// constructor's name, and need a second step: the errors that the engine itself throws (reading a
// property of null) and the promises of async functions stay those of the sandbox's realm.

const { TestEnvironment } = require('jest-environment-node');

// What another platform answers in another way, and what an emulator cannot do: skipped by name, and
// listed with the reason by scripts/test-platform.mjs.
const allExceptions = require('../../scripts/platform/exceptions.json');

/**
 * [reason, beginnings of titles] for a test file, from { name: { reason: { file: [beginning] } } };
 * the name is that of a platform, an emulator, or a version of Node.
 */
function exceptionsOf(testPath) {
  const node = `node ${process.versions.node.split('.').slice(0, 2).join('.')}`;
  const reasons = [process.platform, process.env.SAEA_TEST_EMULATOR, node].flatMap(name =>
    Object.entries(allExceptions[name] ?? {}),
  );
  const file = testPath.replaceAll('\\', '/').split('/').slice(-2).join('/');
  const name = file.replace(/\.test\.js$/, '');
  return reasons.map(([reason, files]) => [reason, files[name] ?? []]);
}

/** A title with those of the blocks around it, as jest prints it. */
function fullName(test) {
  const titles = [];
  for (let at = test; at.parent; at = at.parent) titles.unshift(at.name);
  return titles.join(' ');
}

const errors = [
  'Error',
  'AggregateError',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
];

// ArrayBuffer, Uint8Array and Buffer are shared by jest itself. Array, Object and Function cannot
// be: literals would not be instances of them.
const others = [
  'BigInt64Array',
  'BigUint64Array',
  'DataView',
  'Date',
  'FinalizationRegistry',
  'Float32Array',
  'Float64Array',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'Map',
  'Set',
  'SharedArrayBuffer',
  'Uint16Array',
  'Uint32Array',
  'Uint8ClampedArray',
  'WeakMap',
  'WeakRef',
  'WeakSet',
];

function share(sandbox, name) {
  Object.defineProperty(sandbox, name, {
    value: globalThis[name],
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

// The engine's own errors inherit from the sandbox's prototypes; let those inherit from Node's.
function adoptErrors(sandbox) {
  const prototypes = errors.map(name => sandbox[name].prototype);
  for (const [index, name] of errors.entries()) {
    Object.setPrototypeOf(prototypes[index], globalThis[name].prototype);
    share(sandbox, name);
  }
}

// Promise is not replaced: `await` on a promise of another realm takes two turns of the microtask
// queue more, and tests about order would see an order that no user sees. It only learns to
// recognise Node's promises.
function recognisePromises(sandbox) {
  const own = sandbox.Promise;
  const isInstance = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(own, Symbol.hasInstance, {
    value(value) {
      return isInstance.call(this, value) || (this === own && value instanceof Promise);
    },
  });
}

module.exports = class SharedRealmEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    adoptErrors(this.global);
    recognisePromises(this.global);
    for (const name of others) share(this.global, name);
    // Node runs with --expose-gc, so that tests can ask for a collection.
    this.global.gc = globalThis.gc;
    this.exceptions = exceptionsOf(context.testPath);
  }

  handleTestEvent(event) {
    if (event.name !== 'test_start') return;
    const name = fullName(event.test);
    const exception = this.exceptions.find(([, titles]) =>
      titles.some(title => name.startsWith(title)),
    );
    if (exception === undefined) return;
    event.test.mode = 'skip';
    event.test.name += ` [skipped: ${exception[0]}]`; // as skipUnless() says it
  }
};
