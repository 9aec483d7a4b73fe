import { afterEach, expect, it, vi } from 'vitest';
import { defaultProvider, envCredentials } from '#lib/aws/env-credentials.ts';

afterEach(() => void vi.unstubAllEnvs());
const given = (id: string, secret: string, session: string) => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', id);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
  vi.stubEnv('AWS_SESSION_TOKEN', session);
};

it('a function signs with the credentials of its environment and the session token of its role', async () => {
  given('AKID', 'secret', 'session');
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' };
  expect(await envCredentials()).toEqual(credentials);
  expect(await defaultProvider()()).toEqual(credentials);
});

it('a permanent access key needs no session token', async () => {
  given('AKID', 'secret', '');
  expect(await envCredentials()).toEqual({ accessKeyId: 'AKID', secretAccessKey: 'secret' });
});

it('half an access key counts as none, with the SDK’s error', async () => {
  given('AKID', '', '');
  await expect(envCredentials()).rejects.toMatchObject({ name: 'CredentialsProviderError' });
});
