import { describe, expect, it } from 'vitest';
import { bank, bankAt, partner, rawPartner } from '#test/systems/programmed-partner.ts';

/** A call to a bank whose record allows only HTTPS to public addresses. */
const strictly = (url: string, tools: object = {}, allows: object = {}) =>
  bankAt(url, {
    endpoint: () => ({ url, plainHttp: false, privateAddresses: false, ...allows }),
    ...tools,
  });

describe('a system whose record sets no switch', () => {
  const refused = { reason: 'address-refused' };

  it('is called over HTTPS only', async () => {
    const { url, sockets } = await rawPartner(() => {});
    await expect(strictly(url)()).rejects.toMatchObject(refused);
    await expect(strictly('http://8.8.8.8')()).rejects.toMatchObject(refused);
    expect(sockets).toHaveLength(0);
  });

  it.each(
    '127.0.0.1 10.1.2.3 172.31.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255 2130706433 0x7f.1 [::1] [::] [fe80::1] [fd00:ec2::254] [::ffff:10.0.0.1] [64:ff9b::a00:1] [2002:a00:1::] [ff02::1]'.split(
      ' ',
    ),
  )('is not called at %s', async (host) => {
    await expect(strictly(`https://${host}`)()).rejects.toMatchObject(refused);
  });

  it.each(['8.8.8.8', '172.32.0.1', '[2606:4700::1111]', 'example.org'])(
    'may be called at %s',
    async (host) => {
      // Past notAfter, so that nothing leaves this machine.
      await expect(strictly(`https://${host}`)({ notAfter: 0 })).rejects.toMatchObject({
        reason: 'too-late',
      });
    },
  );

  it('is not called under a host name that resolves to a private address', async () => {
    const { url, sockets } = await rawPartner(() => {});
    await expect(strictly(url.replace('http://127.0.0.1', 'https://localhost'))()).rejects.toMatchObject(
      refused,
    );
    expect(sockets).toHaveLength(0);
  });

  it('is not called when any of its addresses is private', async () => {
    const addresses = [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    const lookup = ((_name: string, _options: object, done: (error: null, found: typeof addresses) => void) =>
      done(null, addresses)) as never;
    await expect(strictly('https://bank.example', { lookup })()).rejects.toMatchObject(refused);
  });
});

describe('a secret over plain HTTP', () => {
  const system = { ...bank, secrets: { 'x-api-key': 'bank/key' } };
  const open = { plainHttp: true, privateAddresses: true };
  const answering = (...found: string[]) =>
    ((_name: string, _options: object, done: (error: null, found: object[]) => void) =>
      done(
        null,
        found.map((address) => ({ address, family: 4 })),
      )) as never;

  it('goes to a private address as a header, and is masked in the answer', async () => {
    const { url, seen } = await partner((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ key: request.headers['x-api-key'] }));
    });
    const secrets = { readSecret: async (name: string) => `the word of ${name}` };
    expect(await strictly(url, { secrets }, open)({ system })).toEqual({ status: 200, body: { key: '***' } });
    expect(seen[0]?.request.headers['x-api-key']).toBe('the word of bank/key');
  });

  it.each([
    ['http://8.8.8.8', []],
    ['http://bank.example', ['8.8.8.8']],
    ['http://bank.example', ['10.0.0.1', '8.8.8.8']],
  ])('never goes to a public address: %s at %j', async (url, found) => {
    const call = strictly(url, { lookup: answering(...found) }, open);
    await expect(call({ system })).rejects.toMatchObject({ reason: 'address-refused' });
  });

  it('that cannot be read stops the call', async () => {
    const { url, sockets } = await rawPartner(() => {});
    const secrets = { readSecret: async () => Promise.reject(new Error('away')) };
    await expect(strictly(url, { secrets }, open)({ system })).rejects.toMatchObject({ reason: 'no-secret' });
    expect(sockets).toHaveLength(0);
  });
});
