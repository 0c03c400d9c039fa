import '../support/leak-audit.js';
import { connectedPair } from '../support/sockets.js';
import { receive, send } from '../support/transfer.js';

test('a pair of sockets exchanges bytes', async () => {
  const { client, server } = await connectedPair();
  await send(client, Buffer.from('hello'));
  expect(Buffer.from(await receive(server, 5)).toString()).toBe('hello');
});
