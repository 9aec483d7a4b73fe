import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { selfSigned } from '#test/systems/certificate.ts';
import { bankAt, rawPartner } from '#test/systems/programmed-partner.ts';

async function securePartner() {
  const identity = selfSigned();
  const seen: string[] = [];
  const connections = new Set<unknown>();
  const server = createServer(identity, (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    connections.add(request.socket);
    response.end('{"paid":true}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close().closeAllConnections());
  return { identity, seen, connections, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it('an outside system is called over HTTPS, many calls on one connection', async () => {
  const { identity, url, seen, connections } = await securePartner();
  setDefaultCACertificates([...getCACertificates('bundled'), identity.cert]);
  const call = bankAt(url);
  expect(await call()).toEqual({ status: 200, body: { paid: true } });
  expect(await call()).toEqual({ status: 200, body: { paid: true } });
  expect(seen).toEqual(['POST /payments', 'POST /payments']);
  expect(connections.size).toBe(1);
});

it('nothing is sent to a system whose certificate is not trusted', async () => {
  const { url, seen } = await securePartner();
  await expect(bankAt(url)()).rejects.toMatchObject({
    reason: 'no-connection',
    cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  });
  expect(seen).toEqual([]);
});

it('an unfinished TLS handshake counts as nothing sent', async () => {
  const { url, sockets } = await rawPartner(() => {});
  await expect(bankAt(url.replace('http:', 'https:'))()).rejects.toMatchObject({ reason: 'no-connection' });
  expect(sockets).toHaveLength(1);
});
