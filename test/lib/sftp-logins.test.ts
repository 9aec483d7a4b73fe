import { describe, expect, it } from 'vitest';
import { hostKey, sshHost } from './ssh-host.ts';

const keys = { ed25519: hostKey('ed25519') };
const size = (name: string) => (files: { size: (path: string) => Promise<number | undefined> }) =>
  files.size(name);

describe('a host that asks for the password interactively', () => {
  const password = [{ prompt: 'Password: ', echo: false }];
  const open = (prompts: { prompt: string; echo: boolean }[][]) =>
    sshHost({ keys: [keys.ed25519], methods: ['keyboard-interactive'], prompts });

  it('and in no other way gets it', async () => {
    const { use, heard } = await open([password]);
    expect(await use(keys.ed25519.fingerprint, size('a'))).toBeUndefined();
    expect(heard).toMatchObject({ connections: 1, answers: [['pass word']] });
    expect(heard.users).toEqual(['none lockstep', 'keyboard-interactive lockstep']);
  });

  it.each([
    ['a code that is shown', [[{ prompt: 'Code: ', echo: true }]]],
    ['a password and a code', [[...password, { prompt: 'Code: ', echo: false }]]],
    ['a new password after the old one', [password, [{ prompt: 'New password: ', echo: false }]]],
  ])('does not get it for %s', async (_, prompts) => {
    const { use, heard } = await open(prompts);
    await expect(use(keys.ed25519.fingerprint, size('a'))).rejects.toMatchObject({ reason: 'not-let-in' });
    expect(heard.answers.flat().length).toBeLessThanOrEqual(prompts.length - 1);
  });
});

it('a password that is wrong is tried once, however many ways there are to tell it: an account may be locked', async () => {
  const methods = ['password', 'keyboard-interactive'];
  const { use, heard } = await sshHost({ keys: [keys.ed25519], methods, password: 'another one' });
  await expect(use(keys.ed25519.fingerprint, size('a'))).rejects.toMatchObject({ reason: 'not-let-in' });
  expect(heard.users).toEqual(['none lockstep', 'password lockstep']);
});
