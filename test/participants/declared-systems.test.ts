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

/** A synth with this manifest in systems/. */
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
  ['a capability without its call', { calls: unasked }, '/calls/query: The capabilities promise this call'],
  ['no prepare call', { calls: blind }, '/calls/prepare: The capabilities promise this call'],
  [
    'a call that nothing promises',
    { capabilities: { ...capabilities, query: false } },
    '/calls/query: The capabilities do not promise this call',
  ],
  [
    'another placeholder than {token} in a path',
    { calls: { ...calls, query: { ...calls.query, path: '/v2/load/{key}' } } },
    '/calls/query/path: The token in a path is {token}',
  ],
  [
    'no rollback call',
    { calls: kept },
    '/calls/rollback: A system that reserves or can be undone needs this call',
  ],
  [
    'a rollback call that nothing promises',
    { capabilities: { ...capabilities, undo: 'none' } },
    '/calls/rollback: The capabilities do not promise this call',
  ],
  ['no adapter', { adapter: undefined }, '/adapter: A system that takes syncs names its adapter'],
  [
    'an adapter that does not exist',
    { adapter: 'soap' },
    "/adapter: 'soap' is no adapter; functions/adapters/soap.ts is missing",
  ],
  ['an unknown capability', { capabilities: { ...capabilities, undo: 'maybe' } }, '/capabilities/undo: '],
  [
    'a word with an unknown meaning',
    { calls: { ...calls, commit: { ...calls.commit, answer: { field: 'status', means: { ok: 'sure' } } } } },
    '/calls/commit/answer/means/ok: ',
  ],
  [
    'a path without a leading slash',
    { calls: { ...calls, commit: { ...calls.commit, path: 'load' } } },
    '/calls/commit/path: ',
  ],
  ['an invalid header name', { secrets: { 'X Api': 'lockstep/debit' } }, '/secrets/X Api: '],
  [
    'a condition that can never hold',
    { takes: { 'benefit.adjusted': { when: [{ field: 'payload.state', in: [] }] } } },
    '/takes/benefit.adjusted/when/0',
  ],
  ['an unknown field', { retries: 3 }, 'retries'],
])('a synth stops at a manifest with %s, and names file and field', (_, wrong, message) => {
  for (const part of ['systems/debit.json:1: ', message])
    expect(deploying({ ...debit, ...wrong })).toThrow(part);
});

it('a synth accepts a complete system, also one that cannot be undone', () => {
  expect(deploying(debit)()).toMatchObject([{ manifest: { name: 'debit' }, endpoint: 'https://debit' }]);
  expect(deploying(gazette, 'gazette')()).toMatchObject([{ manifest: { name: 'gazette' } }]);
});

it('a phase without timeoutMs in the manifest gets a default for that phase', () => {
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
