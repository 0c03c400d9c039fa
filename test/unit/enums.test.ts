import { AddressFamily } from '../../lib/enums/address-family.js';
import { enumName } from '../../lib/enums/enum-name.js';
import { IOControlCode } from '../../lib/enums/io-control-code.js';
import { IPProtectionLevel } from '../../lib/enums/ip-protection-level.js';
import { ProtocolType } from '../../lib/enums/protocol-type.js';
import { SelectMode } from '../../lib/enums/select-mode.js';
import { SocketAsyncOperation } from '../../lib/enums/socket-async-operation.js';
import { SocketClientAccessPolicyProtocol } from '../../lib/enums/socket-client-access-policy-protocol.js';
import { SocketError } from '../../lib/enums/socket-error.js';
import { SocketFlags } from '../../lib/enums/socket-flags.js';
import { SocketOptionLevel } from '../../lib/enums/socket-option-level.js';
import { SocketOptionName } from '../../lib/enums/socket-option-name.js';
import { SocketShutdown } from '../../lib/enums/socket-shutdown.js';
import { SocketType } from '../../lib/enums/socket-type.js';
import { TransmitFileOptions } from '../../lib/enums/transmit-file-options.js';
import { readEnums } from './oracle/recorded.js';

const recorded = readEnums();

const ours: Record<string, Record<string, number>> = {
  AddressFamily,
  IOControlCode,
  IPProtectionLevel,
  ProtocolType,
  SelectMode,
  SocketAsyncOperation,
  SocketError,
  SocketFlags,
  SocketOptionLevel,
  SocketOptionName,
  SocketShutdown,
  SocketType,
  TransmitFileOptions,
};

test('every recorded enum is compared', () => {
  expect(Object.keys(ours).sort()).toEqual(Object.keys(recorded).sort());
});

test.each(Object.keys(ours))('%s has the members and values of .NET', name => {
  expect(ours[name]).toEqual(recorded[name].members);
});

test('combinations of flags have the type of the enum', () => {
  const flags: SocketFlags = SocketFlags.Peek | SocketFlags.OutOfBand;
  const options: TransmitFileOptions =
    TransmitFileOptions.Disconnect | TransmitFileOptions.ReuseSocket;
  expect([flags, options]).toEqual([3, 3]);
  const combinable = Object.keys(recorded).filter(name => recorded[name].isFlags);
  expect(combinable).toEqual(['SocketFlags', 'TransmitFileOptions']);
});

// .NET Framework was the last to have it, so no recording does.
test('the access policy protocols keep the values of .NET Framework', () => {
  expect(SocketClientAccessPolicyProtocol).toEqual({ Tcp: 0, Http: 1 });
});

test('a value is named by its first name, and by its digits without one', () => {
  expect(enumName(AddressFamily, AddressFamily.InterNetworkV6)).toBe('InterNetworkV6');
  expect(enumName(AddressFamily, AddressFamily.Ipx)).toBe('NS');
  expect(enumName(AddressFamily, 4711)).toBe('4711');
});
