import { describe, expect, it } from 'vitest';
import { bank, bankAt, rawPartner } from '#test/systems/partner.ts';

describe('a system that is not private', () => {
  const system = { ...bank, private: false };
  const refused = { reason: 'address-refused' };

  it('is called over HTTPS only', async () => {
    const { url, sockets } = await rawPartner(() => {});
    await expect(bankAt(url)({ system })).rejects.toMatchObject(refused);
    await expect(bankAt('http://8.8.8.8')({ system })).rejects.toMatchObject(refused);
    expect(sockets).toHaveLength(0);
  });

  it.each(
    '127.0.0.1 10.1.2.3 172.31.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255 2130706433 0x7f.1 [::1] [::] [fe80::1] [fd00:ec2::254] [::ffff:10.0.0.1] [64:ff9b::a00:1] [2002:a00:1::] [ff02::1]'.split(
      ' ',
    ),
  )('is not called at %s', async (host) => {
    await expect(bankAt(`https://${host}`)({ system })).rejects.toMatchObject(refused);
  });

  it.each(['8.8.8.8', '172.32.0.1', '[2606:4700::1111]', 'example.org'])(
    'may be called at %s',
    async (host) => {
      // Past notAfter, so that nothing leaves this machine.
      await expect(bankAt(`https://${host}`)({ system, notAfter: 0 })).rejects.toMatchObject({
        reason: 'too-late',
      });
    },
  );

  it('is not called under a name that leads to a private address', async () => {
    const { url, sockets } = await rawPartner(() => {});
    await expect(
      bankAt(url.replace('http://127.0.0.1', 'https://localhost'))({ system }),
    ).rejects.toMatchObject(refused);
    expect(sockets).toHaveLength(0);
  });

  it('is not called when only one of its addresses is private', async () => {
    const addresses = [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    const lookup = ((_name: string, _options: object, done: (error: null, found: typeof addresses) => void) =>
      done(null, addresses)) as never;
    await expect(bankAt('https://bank.example', { lookup })({ system })).rejects.toMatchObject(refused);
  });
});
