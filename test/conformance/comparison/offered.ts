// Members of .NET that ours do not have, each with its reason; and the words for those that differ
// in form. A member of .NET that ours lack and that is not here counts as "not yet".

const blocking =
  'It would block the event loop: operations are asynchronous here, and there is no other thread to wait.';
const tasks = 'Promises and callbacks other than the event are left to code on top of this class.';
const begins = "The Begin/End pattern is .NET's oldest; event args take its place.";
const windows = 'Windows only: .NET on Linux throws PlatformNotSupportedException.';
const spans = 'A Uint8Array is its own span.';
const runtime = 'It belongs to the runtime of .NET.';

type Reasons = Readonly<Record<string, string>>;

/** By "Class.Member", or "*.Member" for all classes. */
export const notOffered: Reasons = {
  'Socket.Accept': blocking,
  'Socket.Connect': blocking,
  'Socket.Disconnect': blocking,
  'Socket.Receive': blocking,
  'Socket.ReceiveFrom': blocking,
  'Socket.ReceiveMessageFrom': blocking,
  'Socket.Send': blocking,
  'Socket.SendFile': blocking,
  'Socket.SendTo': blocking,
  'Socket.SendFileAsync': tasks,
  'Socket.BeginAccept': begins,
  'Socket.BeginConnect': begins,
  'Socket.BeginDisconnect': begins,
  'Socket.BeginReceive': begins,
  'Socket.BeginReceiveFrom': begins,
  'Socket.BeginReceiveMessageFrom': begins,
  'Socket.BeginSend': begins,
  'Socket.BeginSendFile': begins,
  'Socket.BeginSendTo': begins,
  'Socket.EndAccept': begins,
  'Socket.EndConnect': begins,
  'Socket.EndDisconnect': begins,
  'Socket.EndReceive': begins,
  'Socket.EndReceiveFrom': begins,
  'Socket.EndReceiveMessageFrom': begins,
  'Socket.EndSend': begins,
  'Socket.EndSendFile': begins,
  'Socket.EndSendTo': begins,
  'Socket.DuplicateAndClose': windows,
  'Socket.SafeHandle': 'The descriptor is a number here: `handle`.',
  'Socket.SupportsIPv4': 'Obsolete in .NET: `osSupportsIPv4`.',
  'Socket.SupportsIPv6': 'Obsolete in .NET: `osSupportsIPv6`.',
  'Socket.UseOnlyOverlappedIO': 'Obsolete in .NET, and without effect there.',
  'SocketException.GetObjectData': runtime,
  'IPAddress.Address': 'Obsolete in .NET: `getAddressBytes`.',
  'IPAddress.TryFormat': spans,
  'IPAddress.TryWriteBytes': spans,
  'IPAddress.ParseUtf8': spans,
  'IPAddress.TryParseUtf8': spans,
  'IPAddress.IsValid': 'Of .NET 10: `tryParse` tells.',
  'IPAddress.IsValidUtf8': spans,
  'IPEndPoint.TryFormat': spans,
};

/** Members whose form differs; their behaviour does not. */
export const differsInForm: Reasons = {
  'SocketAsyncEventArgs.Completed':
    "`on('completed', (sender, e) => …)` and `off`; a subclass may override `onCompleted`.",
  'SocketAsyncEventArgs.Buffer': 'A `Uint8Array`.',
  'SocketAsyncEventArgs.MemoryBuffer': 'A `Uint8Array`.',
  'SocketAsyncEventArgs.BufferList':
    'An array of `Uint8Array`, each of which is a segment by itself.',
  'SocketAsyncEventArgs.SetBuffer': 'Takes `Uint8Array`.',
  'SocketAsyncEventArgs.Dispose': '`dispose`, and `Symbol.dispose` for `using`.',
  'Socket.Dispose': '`dispose`, and `Symbol.dispose` for `using`.',
  'Socket.AcceptAsync': 'With event args; the forms that give tasks are not offered.',
  'Socket.ConnectAsync': 'With event args; the forms that give tasks are not offered.',
  'Socket.DisconnectAsync': 'With event args; the forms that give tasks are not offered.',
  'Socket.ReceiveAsync': 'With event args; the forms that give tasks are not offered.',
  'Socket.ReceiveFromAsync': 'With event args; the forms that give tasks are not offered.',
  'Socket.ReceiveMessageFromAsync': 'With event args; the forms that give tasks are not offered.',
  'Socket.SendAsync': 'With event args; the forms that give tasks are not offered.',
  'Socket.SendToAsync': 'With event args; the forms that give tasks are not offered.',
  'Socket.Handle': 'A number: the descriptor.',
  'SendPacketsElement.FileStream': 'A `FileHandle` of `node:fs/promises`, or a descriptor.',
  'SocketAddress.Item': '`get(i)` and `set(i, value)`.',
  'IPAddress.TryParse': 'Returns the address, or `null`.',
  'IPEndPoint.TryParse': 'Returns the endpoint, or `null`.',
};
