import { createPublicKey, verify } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkpointText, idOf, leafOfHead, readCheckpoint } from '#domain/syncs/evidence/checkpoint.ts';
import { headsUnder, newestCheckpoints } from '#domain/syncs/evidence/checkpoints.ts';
import { makeCheckpoints } from '#domain/syncs/evidence/make-checkpoints.ts';
import { noHash } from '#lib/proof/hash-chain.ts';
import { rootOf } from '#lib/proof/merkle.ts';
import { type EvidenceWorld, evidenceWorld, origin } from './evidence-world.ts';
import { head, image } from './heads.ts';
import { signerInMemory } from './signer.ts';

let w: EvidenceWorld;
const all = async () => (await newestCheckpoints(w.ledger, 100)).reverse();
const headsOf = async (number: number) => headsUnder(w.ledger, (await all())[number - 1]!.said.root);

beforeEach(async () => {
  w = evidenceWorld();
  await w.turn();
});

describe('a checkpoint', () => {
  it('is a text of six lines that parses in one way only', () => {
    const said = {
      origin,
      number: 7,
      leaves: 2,
      root: 'ab'.repeat(32),
      prev: noHash,
      minute: '2027-01-15T08:00',
    };
    const text = checkpointText(said);
    expect(text).toBe(
      `lockstep/Ledger\n7\n2\n${Buffer.from(said.root, 'hex').toString('base64')}\n${noHash}\n2027-01-15T08:00:00Z\n`,
    );
    expect(readCheckpoint(text)).toEqual(said);
    for (const other of [
      `${text}\n`,
      text.trimEnd(),
      text.replace('\n7\n', '\n07\n'),
      text.replace('\n7\n', '\n7 \n'),
      '',
    ])
      expect(readCheckpoint(other), JSON.stringify(other)).toBeUndefined();
  });

  it('has the last head of each sync of its minute, sorted, under a signed Merkle root', async () => {
    await w.record([image(2, 3), image(1, 4), image(15, 1)]);
    await w.record([image(2, 5)]);
    w.pass(120);
    expect(await w.turn()).toEqual({ made: 1, upTo: '2027-01-15T08:00' });
    const [, second] = await all();
    expect(await headsOf(2)).toEqual([head(1, 4), head(2, 5), head(15, 1)]);
    expect(second!.said.root).toBe(
      rootOf([head(1, 4), head(2, 5), head(15, 1)].map(leafOfHead)).toString('hex'),
    );
    expect(
      verify(
        'sha256',
        Buffer.from(second!.text),
        createPublicKey(second!.key),
        Buffer.from(second!.signature, 'base64'),
      ),
    ).toBe(true);
  });

  it('names the checkpoint before it', async () => {
    for (const n of [1, 2, 3]) {
      await w.record([image(n, 1)]);
      w.pass(60);
    }
    w.pass(60);
    await w.turn();
    const chain = await all();
    expect(chain.map(({ said }) => said.number)).toEqual([1, 2, 3, 4]);
    expect(chain.map(({ said }) => said.prev)).toEqual([
      noHash,
      ...chain.slice(0, -1).map(({ text }) => idOf(text)),
    ]);
  });

  it('is made neither for a minute that may still get rows nor for a minute without rows', async () => {
    await w.record([image(1, 1)]);
    w.pass(60);
    expect(await w.turn()).toMatchObject({ made: 0 });
    w.pass(60);
    expect(await w.turn()).toMatchObject({ made: 1 });
    w.pass(60);
    expect(await w.turn()).toMatchObject({ made: 0 });
  });
});

it('a new key signs later checkpoints, and earlier ones keep the old key’s signature', async () => {
  await w.record([image(1, 1)]);
  w.pass(120);
  await w.turn();
  await w.record([image(1, 2)]);
  w.pass(120);
  await makeCheckpoints({ ...w.tools, signer: signerInMemory() });
  const [, second, third] = await all();
  expect(second!.key).not.toBe(third!.key);
  expect(third!.said.prev).toBe(idOf(second!.text));
  for (const { text, key, signature } of [second!, third!])
    expect(verify('sha256', Buffer.from(text), createPublicKey(key), Buffer.from(signature, 'base64'))).toBe(
      true,
    );
});
