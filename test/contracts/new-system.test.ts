import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { findManifestOn } from '#domain/participants/frozen-manifests.ts';
import { jsonCallsOn } from '#domain/participants/http/json-call.ts';
import { participantOn } from '#domain/participants/participant.ts';
import { serveDebit } from '#examples/systems/debit.ts';
import { serveVault } from '#examples/systems/vault.ts';
import { adapter } from '#functions/adapters/rest.ts';
import { systemsIn } from '#infra/read/endpoints.ts';
import { participantsIn } from '#infra/read/environment.ts';
import { httpOutside } from '#lib/outside/http.ts';
import type { Manifest } from '#systems/manifest.ts';
import { noBatches } from '#test/participants/no-batches.ts';
import { noFiles } from '#test/participants/no-files.ts';
import { manifestDigest, outsideToken, syncWorld } from '#test/syncs/syncs-world.ts';
import { talk } from '#test/systems/partner-client.ts';
import { localEndpoint } from '#test/systems/programmed-partner.ts';
import { serveNorthbank } from './northbank.ts';

const checkout = join(import.meta.dirname, '..', '..');
const credential = 'Bearer 5d1c9a';
let root: string;
let load: (name: string) => Promise<Manifest>;

/** A checkout with the example manifest of docs/adapters.md, at an address of this machine. */
beforeAll(async () => {
  mkdirSync(join(checkout, '.lockstep'), { recursive: true });
  root = mkdtempSync(join(checkout, '.lockstep', 'one-file-more-'));
  for (const room of ['systems', 'functions/adapters'])
    cpSync(join(checkout, room), join(root, room), { recursive: true });
  const [, shown = ''] =
    /```json\n([^`]+)```/.exec(readFileSync(join(checkout, 'docs/adapters.md'), 'utf8')) ?? [];
  cpSync(join(checkout, 'test/participants/vault.json'), join(root, 'systems/vault.json'));
  writeFileSync(join(root, 'systems/northbank.json'), shown);
  ({ loadSystem: load } = await import(/* @vite-ignore */ join(root, 'systems/load.ts')));
  return () => rmSync(root, { recursive: true });
});

/** A sync of debit, vault and northbank over real HTTP. */
async function world() {
  const w = syncWorld({ systems: await Promise.all(['debit', 'vault', 'northbank'].map(load)), attempts: 3 });
  const [bank, debit, vault] = await Promise.all([
    serveNorthbank(credential),
    serveDebit({ clock: w.clock }),
    serveVault({ clock: w.clock }),
  ]);
  const [urls, secrets] = [
    { northbank: bank.url, debit: debit.url, vault: vault.url } as Record<string, string>,
    { 'lockstep/northbank': credential, 'lockstep/debit': 'debit-demo-key' } as Record<string, string>,
  ];
  onTestFinished(async () => void (await Promise.all([debit.close(), vault.close()])));
  const outside = httpOutside({
    clock: w.clock,
    endpoint: (system) => localEndpoint(urls[system] as string),
    secrets: { readSecret: async (name) => secrets[name] as string },
  });
  const hub = participantOn(adapter, {
    lines: { rest: jsonCallsOn({ outside }), sftp: noFiles },
    batches: noBatches,
    manifests: findManifestOn({ table: w.table, digestOf: manifestDigest, load }),
    now: w.clock.now,
    tell: () => {},
  });
  w.tools.ask = ({ system: { name, digest }, ...asked }) => hub({ ...asked, system: name, digest });
  const entryAt = async (url: string) =>
    (await talk(url).books()).entries.find(({ token }) => token === outsideToken)?.state;
  const states = async () => [
    bank.instruction(outsideToken)?.code,
    await entryAt(debit.url),
    await entryAt(vault.url),
  ];
  return { w, bank, states };
}

it('a new manifest is deployed with its endpoint, and its system takes part in syncs', () => {
  const manifests = readdirSync(join(root, 'systems')).filter((file) => file.endsWith('.json'));
  const given = Object.fromEntries(
    manifests.map((file) => [variableOf(file), `${file === 'cheques.json' ? 'sftp' : 'http'}://127.0.0.1:1`]),
  );
  const records = Object.keys(given).map((variable) => [
    variable.replace('ENDPOINT_', '').toLowerCase(),
    { plainHttp: true, privateAddresses: true },
  ]);
  const LOCKSTEP_SYSTEMS = JSON.stringify(Object.fromEntries(records));
  const none = { tryGetContext: () => undefined } as never;
  const systems = systemsIn(root, none, { ...given, LOCKSTEP_SYSTEMS });
  expect(participantsIn({ systems }).split(',')).toContain('northbank');
  expect(() => systemsIn(root, none, { ...given, LOCKSTEP_SYSTEMS, ENDPOINT_NORTHBANK: undefined })).toThrow(
    'systems/northbank.json: no endpoint; set ENDPOINT_NORTHBANK',
  );
});
const variableOf = (file: string) => `ENDPOINT_${file.replace('.json', '').toUpperCase()}`;

it('a new system commits with the others, and one token undoes its commit', async () => {
  const { w, bank, states } = await world();
  await w.accept();
  await w.rest();
  expect((await w.sync()).state).toBe('committed');
  expect(await states()).toEqual(['EXECUTED', 'committed', 'committed']);
  expect(bank.instruction(outsideToken)?.sent).toEqual({
    instruction: { ref: outsideToken, kind: 'benefit.adjusted', region: 'US-OH', usd: 25 },
    valid_before: expect.stringMatching(/^2027-01-15T08:00:0/),
  });
  await w.undo();
  await w.rest();
  expect((await w.sync()).state).toBe('undone');
  expect(await states()).toEqual(['CANCELLED', 'rolled-back', 'rolled-back']);
});

it('a new system refuses in its own words, and the sync rolls back everywhere', async () => {
  const { w, bank, states } = await world();
  bank.next('prepare', 'deny');
  await w.accept();
  await w.rest();
  expect(await w.sync()).toMatchObject({ state: 'rolled_back', decision: { to: 'abort' } });
  expect(await states()).toEqual(['CANCELLED', 'absent', 'rolled-back']);
});

it('a new system whose answer is lost is called again under the same key, and commits once', async () => {
  const { w, bank, states } = await world();
  bank.next('commit', 'lose');
  await w.accept();
  await w.rest();
  expect((await w.sync()).state).toBe('committed');
  expect(bank.keys).toEqual(
    ['prepare', 'commit', 'commit'].map((phase) => `${outsideToken}:northbank:${phase}:0`),
  );
  expect([bank.instruction(outsideToken)?.executions, await states()]).toEqual([
    1,
    ['EXECUTED', 'committed', 'committed'],
  ]);
});

it('a new system that queues its commit is queried until it is done', async () => {
  const { w, bank } = await world();
  bank.next('commit', 'queue');
  await w.accept();
  await w.rest();
  expect((await w.sync()).state).toBe('committed');
  expect(bank.keys).toEqual(
    ['prepare', 'commit', 'query'].map((phase) => `${outsideToken}:northbank:${phase}:0`),
  );
  const rows = (await w.ledger()).filter(
    ({ system, action }) => system === 'northbank' && action === 'commit',
  );
  expect(rows.map(({ result }) => result)).toEqual(['ongoing', 'success']);
});
