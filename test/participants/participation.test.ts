import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemsIn } from '#infra/read/endpoints.ts';
import debit from '#systems/debit.json' with { type: 'json' };
import gazette from './gazette.json' with { type: 'json' };

const { calls, capabilities } = debit;
const { query: _, ...unasked } = calls;
const { rollback: __, ...kept } = calls;
const { prepare: ___, ...blind } = calls;

/** What a deploy says of a manifest in systems/. */
function deploying(manifest: object, name = 'debit') {
  const root = mkdtempSync(join(tmpdir(), 'lockstep-systems-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const folder of ['systems', 'functions/adapters']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'functions/adapters/rest.ts'), '');
  writeFileSync(join(root, `systems/${name}.json`), JSON.stringify(manifest));
  return () =>
    systemsIn(root, { tryGetContext: () => undefined } as never, {
      ENDPOINT_DEBIT: 'https://debit',
      ENDPOINT_GAZETTE: 'https://gazette',
    });
}

it.each<[string, object, string]>([
  ['a promise without its call', { calls: unasked }, '/calls/query: The capabilities promise this call'],
  ['no call to prepare', { calls: blind }, '/calls/prepare: The capabilities promise this call'],
  [
    'a call that nothing promises',
    { capabilities: { ...capabilities, query: false } },
    '/calls/query: The capabilities do not promise this call',
  ],
  [
    'a token by another name in a path',
    { calls: { ...calls, query: { ...calls.query, path: '/v2/load/{key}' } } },
    '/calls/query/path: The token in a path is {token}',
  ],
  ['no way back', { calls: kept }, '/calls/rollback: What is reserved or undone needs this call'],
  [
    'a way back that leads nowhere',
    { capabilities: { ...capabilities, undo: 'none' } },
    '/calls/rollback: The capabilities do not promise this call',
  ],
  ['nobody to speak to it', { adapter: undefined }, '/adapter: A system that takes syncs names its adapter'],
  [
    'an adapter that is not there',
    { adapter: 'soap' },
    "/adapter: 'soap' is no adapter; functions/adapters/soap.ts is missing",
  ],
  [
    'a capability that nobody knows',
    { capabilities: { ...capabilities, undo: 'maybe' } },
    '/capabilities/undo: ',
  ],
  [
    'a word for nothing',
    { calls: { ...calls, commit: { ...calls.commit, answer: { field: 'status', means: { ok: 'sure' } } } } },
    '/calls/commit/answer/means/ok: ',
  ],
  [
    'a path that climbs out',
    { calls: { ...calls, commit: { ...calls.commit, path: 'load' } } },
    '/calls/commit/path: ',
  ],
  ['a header that is none', { secrets: { 'X Api': 'lockstep/debit' } }, '/secrets/X Api: '],
  [
    'a condition that cannot hold',
    { takes: { 'benefit.adjusted': { when: [{ field: 'payload.state', in: [] }] } } },
    '/takes/benefit.adjusted/when/0',
  ],
  ['a field that nobody knows', { retries: 3 }, 'retries'],
])('a deploy stops at %s, and names file and field', (_, wrong, message) => {
  for (const part of ['systems/debit.json:1: ', message])
    expect(deploying({ ...debit, ...wrong })).toThrow(part);
});

it('a deploy takes a system that is whole, also one that cannot be undone', () => {
  expect(deploying(debit)()).toMatchObject([{ manifest: { name: 'debit' }, endpoint: 'https://debit' }]);
  expect(deploying(gazette, 'gazette')()).toMatchObject([{ manifest: { name: 'gazette' } }]);
});

it('a system has as long for each phase as that takes, where its manifest does not say', () => {
  const [system] = deploying({
    ...debit,
    calls: { ...calls, commit: { ...calls.commit, timeoutMs: 9_000 } },
  })();
  expect(Object.entries(system!.manifest.calls).map(([phase, { timeoutMs }]) => [phase, timeoutMs])).toEqual([
    ['prepare', 2_000],
    ['commit', 9_000],
    ['rollback', 5_000],
    ['query', 2_000],
  ]);
});
