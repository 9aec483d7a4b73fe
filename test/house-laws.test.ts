import { describe, expect, it } from 'vitest';
import { fileOf, files } from './infra/files.ts';
import {
  acrossContexts,
  deployedElsewhere,
  looseInDomain,
  selfServedOperations,
  unmarkedMakers,
} from './infra/laws.ts';

describe('domain and wiring', () => {
  it('keep the contexts apart: they know each other by types, and meet in wiring or through an event', () => {
    expect(acrossContexts(files)).toEqual([]);
    const crossing = fileOf('domain/syncs/a.ts', "import { slotsOn } from '#domain/reservations/slots.ts';");
    const knowing = fileOf('domain/syncs/b.ts', "import type { Slot } from '#domain/reservations/slot.ts';");
    const inside = fileOf(
      'domain/syncs/c.ts',
      "import { openBatchOn } from '#domain/batches/open-batch.ts';",
    );
    expect(acrossContexts([crossing, knowing, inside])).toEqual([
      'domain/syncs/a.ts → #domain/reservations/slots.ts',
    ]);
  });

  it('have nothing loose in domain but the keys', () => {
    expect(looseInDomain(files)).toEqual([]);
    expect(looseInDomain([fileOf('domain/desk.ts'), fileOf('domain/keys.ts')])).toEqual(['domain/desk.ts']);
  });

  it('hand an operation its tools: it reads no environment, clock or chance of its own, and makes no client', () => {
    expect(selfServedOperations(files)).toEqual([]);
    expect(deployedElsewhere(files)).toEqual([]);
    const fetching = [
      'const lot = Math.random();',
      'const at = Date.now();',
      "import { setting } from '#lib/env.ts';",
      "import { S3Client } from '@aws-sdk/client-s3';",
    ].map((text, i) => fileOf(`domain/syncs/${i}.ts`, text));
    expect(selfServedOperations(fetching)).toEqual(fetching.map(({ path }) => path));
    expect(deployedElsewhere([fileOf('lib/a.ts', 'export const deployedBus = 1;')])).toEqual(['lib/a.ts']);
  });

  it('mark what wiring makes at the top of a file, so that a bundle leaves out what its door does not use', () => {
    expect(unmarkedMakers(files)).toEqual([]);
    const text = 'export const a = once(() => 1);\nexport const b = /* @__PURE__ */ once(() => 2);';
    expect(unmarkedMakers([fileOf('wiring/a.ts', text)])).toEqual(['wiring/a.ts: a']);
  });
});
