import { createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newestCheckpoints } from '#domain/syncs/evidence/checkpoints.ts';
import type { Bundle } from '#domain/syncs/evidence/verify/bundle.ts';
import { checkBundle } from '#domain/syncs/evidence/verify/check-bundle.ts';
import { items } from './batch-sync.ts';
import { batchTamperings } from './batch-tamperings.ts';
import { undoneBatch } from './evidence-world.ts';
import { rowTamperings } from './row-tamperings.ts';
import { signerInMemory } from './signer.ts';

type Made = Awaited<ReturnType<typeof undoneBatch>>;
const id = 'P777';
let w: Made;
let good: Bundle;

beforeAll(async () => {
  w = await undoneBatch();
  good = (await w.show(id)) as Bundle;
});

/** The bundle after a round trip through JSON, as an auditor has it. */
const copy = (): Bundle => JSON.parse(JSON.stringify(good));
describe('the evidence bundle of an undone batch', () => {
  it('verifies, and says that the item was loaded once and reversed once at every system', async () => {
    const {
      good: isGood,
      checked,
      fault,
    } = checkBundle(copy(), { key: createPublicKey(await w.signer.readPublicKey()) });
    expect(fault).toBeUndefined();
    expect(isGood).toBe(true);
    expect(checked).toEqual([
      `${good.rows.length} rows, each chained to the one before it`,
      expect.stringMatching(
        new RegExp(
          `^checkpoint 4 of .* vouches for rows 1 to ${good.rows.length}, signed with the key given$`,
        ),
      ),
      `1,234 items, ${good.batch!.amount_minor.toLocaleString('en-US')} in all; 2 results with 10 receipts: no item twice in one, and all items in each that says yes`,
      'item P777 is number 778 of the batch; debit: loaded once, reversed once; cheques: loaded once, reversed once; dashboard: loaded once, reversed once',
    ]);
    expect(good.item).toMatchObject({ item: items[777], index: 777 });
  });

  it('shows the fingerprint of its own key when no key is given', () => {
    expect(checkBundle(copy()).checked[1]).toMatch(/the bundle's own key [0-9a-f]{64}: compare that/);
  });

  it('verifies without an item, and for items at the edges of chunks', async () => {
    expect(checkBundle(await w.show())).toMatchObject({ good: true, checked: { length: 3 } });
    for (const edge of ['P0', 'P499', 'P500', 'P999', 'P1000', 'P1233'])
      expect(checkBundle(await w.show(edge)).good, edge).toBe(true);
  });

  it('is refused for an item that the batch does not have', async () => {
    await expect(w.show('P1234')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a tampered evidence bundle', () => {
  it.each([...rowTamperings, ...batchTamperings])('fails verification: %s', (_, tamper, fault) => {
    const bundle = copy();
    tamper(bundle);
    const verdict = checkBundle(bundle);
    expect(verdict.good).toBe(false);
    expect(verdict.fault).toMatch(fault);
  });

  it('fails verification when any single value is changed', () => {
    let changed = 0;
    for (const [path, value] of leavesOf(good)) {
      if (typeof value === 'object') continue;
      const bundle = copy();
      set(
        bundle,
        path,
        typeof value === 'number' ? value + 1 : `${value.slice(0, -2)}${value.endsWith('00') ? '11' : '00'}`,
      );
      expect(checkBundle(bundle).good, path.join('.')).toBe(false);
      changed += 1;
    }
    expect(changed).toBeGreaterThan(150);
  });

  it('fails verification with a given key when another key has signed it', async () => {
    const forger = signerInMemory();
    const bundle = copy();
    const { checkpoint } = bundle;
    Object.assign(checkpoint!, {
      key: await forger.readPublicKey(),
      signature: (await forger.signBytes(Buffer.from(checkpoint!.text))).toString('base64'),
    });
    // Without a trusted key this passes: that is why auditors get the key from elsewhere.
    expect(checkBundle(bundle).good).toBe(true);
    expect(checkBundle(bundle, { key: createPublicKey(await w.signer.readPublicKey()) }).fault).toMatch(
      /^The checkpoint is signed with another key, [0-9a-f]{64}, than the one given/,
    );
    for (const none of [
      '',
      'PEM',
      '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n',
    ]) {
      checkpoint!.key = none;
      expect(checkBundle(bundle).fault).toMatch(/^The key is no public key on the curve P-256/);
    }
  });

  it('fails verification with the checkpoint of another minute, or another checkpoint number', async () => {
    const [, { text, signature, key } = good.checkpoint!] = await newestCheckpoints(w.ledger, 2);
    const exchanged = { ...copy(), checkpoint: { ...good.checkpoint!, text, signature, key } };
    expect(checkBundle(exchanged).fault).toMatch(
      /^The head of row 17 is not in checkpoint 3: the checkpoint or the head was exchanged/,
    );
    const renumbered = {
      ...copy(),
      checkpoint: { ...good.checkpoint!, text: good.checkpoint!.text.replace('\n4\n', '\n3\n') },
    };
    expect(checkBundle(renumbered).fault).toMatch(/^The signature of checkpoint 3 is not good/);
  });
});

type Path = (string | number)[];
const leavesOf = (value: unknown, path: Path = []): [Path, string | number | object][] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
    : [[path, value as string | number]];

function set(target: unknown, path: Path, value: unknown): void {
  const inner = path
    .slice(0, -1)
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], target);
  (inner as Record<string, unknown>)[path.at(-1)!] = value;
}
