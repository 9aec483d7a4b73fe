import { beforeEach, describe, expect, it } from 'vitest';
import { apiKeysOn } from '#domain/access/api-keys.ts';
import { callersOn } from '#domain/access/callers.ts';
import { createKey, listKeys, revokeKey } from '#domain/access/change-keys.ts';
import { newId } from '#lib/ids.ts';
import { losingAnswers, problemOf, tenant, type World, world } from './reservations-world.ts';

let w: World;
let tools: { accesses: ReturnType<typeof apiKeysOn>; clock: World['clock']; newId: typeof newId };
const make = (role: 'booker' | 'scheduler' = 'booker') => createKey({ tenant, role }, tools);

beforeEach(() => {
  w = world();
  tools = { accesses: apiKeysOn(w.store), clock: w.clock, newId };
});

describe('an API key', () => {
  it('carries its tenant and role, and only its hash is stored', async () => {
    const { id, key } = await make();
    expect(key).toMatch(/^lk_acme_[\w-]{43}$/);
    expect(await callersOn(w.store)(key)).toEqual({ tenant, role: 'booker', keyId: id });
    expect(JSON.stringify([...w.memory.items()])).not.toContain(key.slice(8));
    expect(await listKeys(tenant, tools)).toEqual([
      { id, role: 'booker', createdAt: '2027-01-15T08:00:00.000Z' },
    ]);
  });

  it('may coexist with one other of its role; a third needs a revocation first', async () => {
    const [first] = [await make(), await make()];
    expect(await problemOf(make())).toMatchObject({ code: 'too-many-keys', status: 409 });
    await make('scheduler');
    await revokeKey({ tenant, id: first.id }, tools);
    await make();
  });

  it('of an outside system carries the system’s name, two for each system', async () => {
    const of = (system?: string, role: 'system' | 'booker' = 'system') =>
      createKey({ tenant, role, system }, tools);
    const { id, key } = await of('debit');
    expect(await callersOn(w.store)(key)).toEqual({ tenant, role: 'system', system: 'debit', keyId: id });
    await of('debit');
    expect(await problemOf(of('debit'))).toMatchObject({ code: 'too-many-keys' });
    await of('cheques');
    for (const wrong of [of(), of('Not A Name'), of('debit', 'booker')])
      expect(await problemOf(wrong)).toMatchObject({ code: 'invalid-request' });
  });

  it('stays within two per role under concurrent requests', async () => {
    await make();
    const answers = await Promise.allSettled([make(), make(), make(), make()]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is returned although the first answer to its write was lost', async () => {
    await make();
    tools.accesses = apiKeysOn({ ...w.store, ...losingAnswers(w.store, 'write-access') });
    const { key } = await make();
    expect(await callersOn(w.store)(key)).toMatchObject({ tenant });
    expect(await listKeys(tenant, tools)).toHaveLength(2);
  });

  it('is refused for a tenant name that it cannot contain', async () => {
    for (const name of ['', 'a', 'Acme', '1st', 'under_score', 'x'.repeat(32)])
      expect(await problemOf(createKey({ tenant: name, role: 'booker' }, tools)), name).toMatchObject({
        code: 'invalid-request',
      });
  });

  it('keeps the time of its first revocation; an unknown key cannot be revoked', async () => {
    const { id } = await make();
    await revokeKey({ tenant, id }, tools);
    w.pass(60_000);
    await revokeKey({ tenant, id }, tools);
    expect(await listKeys(tenant, tools)).toMatchObject([{ revokedAt: '2027-01-15T08:00:00.000Z' }]);
    expect(await problemOf(revokeKey({ tenant, id: 'none' }, tools))).toMatchObject({ code: 'not-found' });
  });
});

describe('a warm function', () => {
  it('reads a tenant’s keys once a minute', async () => {
    const { key } = await make();
    const callers = callersOn(w.store);
    w.meter.reset();
    for (let call = 0; call < 50; call++) expect(await callers(key)).toBeDefined();
    expect(w.meter.labels('table')).toEqual(['read-access']);
  });

  it('refuses a revoked key within a minute', async () => {
    const { id, key } = await make();
    const callers = callersOn(w.store);
    await callers(key);
    await revokeKey({ tenant, id }, tools);
    w.pass(60_000);
    expect(await callers(key)).toBeUndefined();
  });

  it('accepts a new key without waiting for the next minute', async () => {
    const callers = callersOn(w.store);
    await callers((await make()).key);
    const { key } = await make();
    w.pass(1_000);
    expect(await callers(key)).toMatchObject({ tenant });
  });

  it('refuses a wrong secret, another tenant and a malformed key, with at most one read a second', async () => {
    const { key } = await make();
    const callers = callersOn(w.store);
    await callers(key);
    w.meter.reset();
    const wrong = `lk_acme_${'A'.repeat(43)}`;
    for (let call = 0; call < 50; call++) expect(await callers(wrong)).toBeUndefined();
    expect(w.meter.labels('table')).toHaveLength(0);
    w.pass(1_000);
    for (let call = 0; call < 50; call++) expect(await callers(wrong)).toBeUndefined();
    expect(w.meter.labels('table')).toHaveLength(1);
    expect(await callers(key.replace('acme', 'other'))).toBeUndefined();
    for (const none of ['', 'lk_acme_', key.slice(0, -1), `${key}x`, `x${key}`])
      expect(await callers(none)).toBeUndefined();
  });

  it('reads again at once after a failed read', async () => {
    const { key } = await make();
    let away = true;
    const callers = callersOn({
      clock: w.clock,
      table: {
        ...w.store.table,
        getItem: async (...asked) =>
          away ? Promise.reject(new Error('away')) : w.store.table.getItem(...asked),
      },
    });
    await expect(callers(key)).rejects.toThrow('away');
    away = false;
    expect(await callers(key)).toMatchObject({ tenant });
  });
});
