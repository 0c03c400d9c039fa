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
  }
};
