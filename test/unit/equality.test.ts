// That the matchers of jest compare objects of ours as they compare themselves: support/equality.ts.

import { IPAddress, IPEndPoint } from 'socket-async-event-args';

const endPoint = (port: number): IPEndPoint => new IPEndPoint(IPAddress.Loopback, port);

test('endpoints are equal when they say so', () => {
  expect(endPoint(1)).toEqual(endPoint(1));
  expect({ at: [endPoint(1)] }).toEqual({ at: [endPoint(1)] });
  expect({ at: endPoint(1), more: 2 }).toMatchObject({ at: endPoint(1) });
});

test('endpoints that differ in private fields alone are not equal', () => {
  expect(endPoint(1)).not.toEqual(endPoint(2));
  expect({ at: [endPoint(1)] }).not.toEqual({ at: [endPoint(2)] });
  expect({ at: endPoint(1), more: 2 }).not.toMatchObject({ at: endPoint(2) });
});

test('bytes are still compared as bytes', () => {
  expect(Buffer.from('a')).toEqual(Buffer.from('a'));
  expect(Buffer.from('a')).not.toEqual(Buffer.from('b'));
  expect(Buffer.from('a')).not.toEqual('a');
});
