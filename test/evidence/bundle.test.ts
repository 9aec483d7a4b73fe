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

/** The bundle as JSON, as whoever checks it has it. */
const copy = (): Bundle => JSON.parse(JSON.stringify(good));
describe('a bundle of a batch that was loaded and taken back', () => {
  it('is good, and says of the item that it was loaded once and reversed once everywhere', async () => {
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

  it('says whose key it is signed with where none is given', () => {
    expect(checkBundle(copy()).checked[1]).toMatch(/the bundle's own key [0-9a-f]{64}: compare that/);
  });

  it('is good without an item, and for each of some items at the edges of chunks', async () => {
    expect(checkBundle(await w.show())).toMatchObject({ good: true, checked: { length: 3 } });
    for (const edge of ['P0', 'P499', 'P500', 'P999', 'P1000', 'P1233'])
      expect(checkBundle(await w.show(edge)).good, edge).toBe(true);
  });

  it('is refused for an item that there is not', async () => {
    await expect(w.show('P1234')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a bundle that was tampered with', () => {
  it.each([...rowTamperings, ...batchTamperings])('is found out: %s', (_, tamper, fault) => {
    const bundle = copy();
    tamper(bundle);
    const verdict = checkBundle(bundle);
    expect(verdict.good).toBe(false);
    expect(verdict.fault).toMatch(fault);
  });

  it('is found out when any one word of it is another, wherever', () => {
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

  it('is found out when it is signed with a key that is not the one given', async () => {
    const forger = signerInMemory();
    const bundle = copy();
    const { checkpoint } = bundle;
    Object.assign(checkpoint!, {
      key: await forger.readPublicKey(),
      signature: (await forger.signBytes(Buffer.from(checkpoint!.text))).toString('base64'),
    });
    expect(checkBundle(bundle).good).toBe(true); // By its own key it is good: that is why a key from elsewhere is worth having.
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

  it('is found out when its checkpoint is that of another minute, or says another number', async () => {
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
