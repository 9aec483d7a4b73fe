import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemsIn } from '#infra/read/endpoints.ts';
import cheques from '#systems/cheques.json' with { type: 'json' };

/** A synth with this manifest of a system that takes files. */
function deploying(manifest: object, endpoint = 'sftp://printer.example/in') {
  const root = mkdtempSync(join(tmpdir(), 'lockstep-systems-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const folder of ['systems', 'functions/adapters']) mkdirSync(join(root, folder), { recursive: true });
  for (const adapter of ['rest', 'fixed-width-sftp'])
    writeFileSync(join(root, `functions/adapters/${adapter}.ts`), '');
  writeFileSync(join(root, 'systems/cheques.json'), JSON.stringify(manifest));
  return () => systemsIn(root, { tryGetContext: () => undefined } as never, { ENDPOINT_CHEQUES: endpoint });
}

const { file, secrets, calls } = cheques;
const [first, ...others] = file.layout.record;
const { 'host-key': _, ...unpinned } = secrets;
const { password: __, ...unknown } = secrets;

it.each<[string, object, string]>([
  [
    'no host key',
    { secrets: unpinned },
    '/secrets/host-key: Needs the name of the secret that holds the fingerprint',
  ],
  [
    'no password or private key',
    { secrets: unknown },
    '/secrets/password: Needs a password, or a private-key',
  ],
  ['no layout', { file: undefined }, "/file: 'fixed-width-sftp' needs the layout of its files"],
  ['no way to be let in', { secrets: unknown }, '/secrets/password: Needs a password, or a private-key'],
  ['no layout', { file: undefined }, "/file: 'fixed-width-sftp' needs the layout of its files"],
  [
    'a path',
    { calls: { ...calls, commit: { path: '/x' } } },
    '/calls/commit/path: A call of a system that takes files has a time limit, and nothing else',
  ],
  [
    'batches by chunks',
    { batch: { by: 'chunks' } },
    "/batch/by: Files are made of items: a system that takes files takes a batch 'whole'",
  ],
  [
    'no batch',
    { batch: undefined },
    "/batch/by: Files are made of items: a system that takes files takes a batch 'whole'",
  ],
  [
    'a record that is too short',
    { file: { ...file, layout: { ...file.layout, record: [first, ...others.slice(0, -1)] } } },
    '/file/layout/record: The record needs a field "amount_minor"',
  ],
  [
    'an adapter without files',
    { adapter: 'rest' },
    '/file: Only an adapter that exchanges files has a layout',
  ],
])('a synth stops at a system for files with %s, and names it', (_, change, message) => {
  expect(deploying({ ...cheques, ...change })).toThrow(message);
});

it('a system for files has an sftp endpoint, and any other system has none', () => {
  expect(deploying(cheques)()).toMatchObject([{ endpoint: 'sftp://printer.example/in' }]);
  expect(deploying(cheques, 'https://printer.example/in')).toThrow(
    "ENDPOINT_CHEQUES (systems/cheques.json): 'https://printer.example/in' is no sftp URL",
  );
  expect(deploying(cheques, 'sftp://10.1.2.3/in')).toThrow(
    'a private address needs "privateAddresses": true in systems.cheques',
  );
  const {
    file: _,
    batch: __,
    ...http
  } = {
    ...cheques,
    adapter: 'rest',
    calls: Object.fromEntries(Object.keys(calls).map((name) => [name, { method: 'POST', path: '/x' }])),
  };
  expect(deploying(http)).toThrow('is no http(s) URL');
  expect(deploying(http, 'https://printer.example/in')()).toHaveLength(1);
});

it('a synth stops at a system over HTTP whose call has no path', () => {
  const { file: _, batch: __, ...http } = { ...cheques, adapter: 'rest' };
  expect(deploying(http)).toThrow('/calls/prepare/path: A call over HTTP needs it');
});
