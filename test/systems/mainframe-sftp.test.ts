import { finished } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { encoder } from '#lib/fixed-width/encode.ts';
import { chequeLayout, fileWith, key, token } from './mainframe-layout.ts';
import { openMainframe } from './open-mainframe.ts';

const patience = { timeout: 10_000 };

it('the mainframe takes a file over SFTP, answers it, and reverses it', async () => {
  const mainframe = await openMainframe();
  const client = await mainframe.connect();
  await mainframe.bring(client);
  await expect.poll(() => client.exists(mainframe.at('.rsp')), patience).toBe('-');
  expect(await mainframe.text(client, '.rsp')).toBe(
    `token=${token} kind=LOAD status=ACCEPTED count=3 amount_minor=1800 sequence=1800000060000123\n`,
  );
  expect(await client.exists(mainframe.at('.dat'))).toBe(false);
  expect(await mainframe.desk.get(`/books/items/${key}/a1`)).toMatchObject({
    status: 200,
    body: { loaded: 1, reversed: 0 },
  });

  await mainframe.bring(client, { kind: 'REVERSAL' });
  await expect
    .poll(async () => (await mainframe.books()).entry, patience)
    .toMatchObject({ state: 'rolled-back', effects: { rollback: 1 } });
  expect(await mainframe.text(client, '-R.rsp')).toContain('status=ACCEPTED count=3 amount_minor=-1800');
});

it('the mainframe serves sizes, listings, partial reads and writes, and truncation', async () => {
  const { connect, at, desk } = await openMainframe();
  const client = await connect();
  expect(await client.cwd()).toBe('/in');
  expect(await client.exists('/in')).toBe('d');
  await client.put(Buffer.from('0123456789'), at('.part'));
  await client.append(Buffer.from('ab'), at('.part'));
  expect(await client.stat(at('.part'))).toMatchObject({ size: 12, isFile: true });
  expect((await client.list('/in')).map(({ name, size }) => [name, size])).toEqual([
    [`LS-${token}.part`, 12],
  ]);
  expect(await desk.get('/files')).toMatchObject({ body: { files: [`LS-${token}.part`] } });
  const rest = client.createWriteStream(at('.part'), { flags: 'r+', start: 2 });
  await finished(rest.end('XY'));
  expect(String(await client.get(at('.part')))).toBe('01XY456789ab');
  const some = client.createReadStream(at('.part'), { start: 2, end: 5 });
  expect(Buffer.concat(await Array.fromAsync(some as AsyncIterable<Buffer>)).toString()).toBe('XY45');
  await client.put(Buffer.from('new'), at('.part'));
  expect(String(await client.get(at('.part')))).toBe('new');
  await client.put(Buffer.from('old'), at('.void'));
  await expect(client.rename(at('.part'), at('.void'))).rejects.toMatchObject({ code: 4 });
  await client.delete(at('.part'));
  for (const gone of [
    client.stat(at('.part')),
    client.get(at('.part')),
    client.delete(at('.part')),
    client.rename(at('.part'), at('.x')),
  ])
    await expect(gone).rejects.toMatchObject({
      code: expect.toSatisfy((code) => code === 2 || code === 'ENOENT'),
    });
  await expect(client.put(Buffer.from('x'), '/etc/passwd')).rejects.toThrow();
  expect((await client.list('/in')).map(({ name }) => name)).toEqual([`LS-${token}.void`]);
});

it('the mainframe takes a file of 30,000 payments', async () => {
  const { connect, at, books } = await openMainframe();
  const client = await connect();
  const write = encoder(chequeLayout);
  const head = {
    kind: 'LOAD',
    token,
    sequence: '1800000060000123',
    created: '20270115T080000Z',
    payload: { state: 'OH' },
  };
  const payments = Array.from({ length: 30_000 }, (_, at) =>
    write.record({ item: { id: `p-${at}`, amount_minor: 2_500, payee: `Payee ${at}` } }),
  );
  const trailer = write.trailer({ count: 30_000, amount_minor: 75_000_000 });
  await client.put(Buffer.concat([write.header(head), ...payments, trailer]), at('.part'));
  expect(await client.stat(at('.part'))).toMatchObject({ size: 30_002 * 80 });
  await client.rename(at('.part'), at('.dat'));
  await expect
    .poll(async () => (await books()).entry, patience)
    .toMatchObject({
      state: 'committed',
      items: { count: 30_000, amount_minor: 75_000_000 },
    });
});

it('the mainframe checks user and password, and has its own host key', async () => {
  const { connect, served } = await openMainframe();
  expect(served.hostKey).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  for (const wrong of [{ password: 'x' }, { username: 'root' }])
    await expect(connect(wrong)).rejects.toThrow();
  await (await connect()).cwd();
  const other = await openMainframe();
  expect(other.served.hostKey).not.toBe(served.hostKey);
});

it('a killed mainframe is gone, and comes back at both addresses with its key, files and books', async () => {
  const { served, connect, bring, text, books, at, desk } = await openMainframe();
  const client = await connect();
  await bring(client);
  await expect.poll(() => client.exists(at('.rsp')), patience).toBe('-');
  await served.kill();
  await expect(connect()).rejects.toThrow();
  await expect(desk.get('/health')).rejects.toThrow();
  for (const _ of [1, 2]) await served.revive();
  expect(await text(await connect(), '.rsp')).toContain('ACCEPTED');
  expect((await books()).entry).toMatchObject({ state: 'committed', effects: { commit: 1 } });
});

it('the mainframe’s control panel answers its health, and names what is wrong with an order', async () => {
  const { desk } = await openMainframe();
  expect(await desk.get('/health')).toEqual({ status: 200, body: { status: 'ok' } });
  expect(await desk.get('/elsewhere')).toEqual({ status: 404, body: { error: 'no-such-path' } });
  for (const [field, order] of [
    ['call', { call: 'steal', behaviour: 'fail' }],
    ['behaviour', { call: 'rename', behaviour: 'dance' }],
    ['behaviour', { call: 'rename', behaviour: 'full' }],
    ['item', { call: 'rename', behaviour: 'fail', item: 'a1' }],
    ['tip', { call: 'rename', behaviour: 'fail', tip: 3 }],
  ] as const)
    expect(await desk.misbehave(order)).toEqual({ status: 400, body: { error: 'invalid', field } });
  expect(await desk.misbehave({ call: '*', behaviour: 'fail' })).toMatchObject({
    status: 200,
    body: { orders: [{ times: 1 }] },
  });
  expect(await desk.clear()).toEqual({ status: 200, body: { orders: [] } });
});

it('the mainframe keeps a file that was not renamed', async () => {
  const { connect, at, books } = await openMainframe();
  const client = await connect();
  await client.put(fileWith(), at('.part'));
  expect((await books()).entries).toEqual([]);
  expect(await client.exists(at('.part'))).toBe('-');
});
