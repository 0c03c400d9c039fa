import { inspect } from 'node:util';

import { AddressFamily } from '../../lib/enums/address-family.js';
import { EndPoint } from '../../lib/endpoints/end-point.js';
import { SocketAddress } from '../../lib/endpoints/socket-address.js';
import { NotImplementedException } from '../../lib/errors/not-implemented-exception.js';

class BareEndPoint extends EndPoint {}

class PacketEndPoint extends EndPoint {
  override get addressFamily(): AddressFamily {
    return AddressFamily.Packet;
  }

  override serialize(): SocketAddress {
    return new SocketAddress(AddressFamily.Packet, 20);
  }

  override create(): PacketEndPoint {
    return new PacketEndPoint();
  }

  override toString(): string {
    return 'packets';
  }
}

test('a subclass that overrides nothing throws for each member', () => {
  const endPoint = new BareEndPoint();
  expect(() => endPoint.addressFamily).toThrow(NotImplementedException);
  expect(() => endPoint.serialize()).toThrow(NotImplementedException);
  const socketAddress = new SocketAddress(AddressFamily.InterNetwork);
  expect(() => endPoint.create(socketAddress)).toThrow(NotImplementedException);
});

test('a subclass that overrides all of them is an endpoint like any other', () => {
  const endPoint: EndPoint = new PacketEndPoint();
  expect(endPoint.addressFamily).toBe(AddressFamily.Packet);
  expect(endPoint.create(endPoint.serialize())).toBeInstanceOf(PacketEndPoint);
  expect(inspect(endPoint)).toBe('PacketEndPoint { packets }');
});

test('equality is identity, and the hash follows it', () => {
  const [left, right] = [new BareEndPoint(), new BareEndPoint()];
  expect(left.equals(left)).toBe(true);
  expect(left.equals(right)).toBe(false);
  expect(left.getHashCode()).toBe(left.getHashCode());
  expect(left.getHashCode()).not.toBe(right.getHashCode());
});

test('the text is the name of the class', () => {
  expect(new BareEndPoint().toString()).toBe('BareEndPoint');
  expect(inspect(new BareEndPoint())).toBe('BareEndPoint {}');
});
