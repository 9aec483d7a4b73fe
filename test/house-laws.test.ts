import { describe, expect, it } from 'vitest';
import { fileOf, files } from './infra/files.ts';
import {
  deployedElsewhere,
  selfServedOperations,
  unmarkedMakers,
  unplacedDomainFiles,
} from './infra/laws.ts';

describe('domain and wiring', () => {
  it('keep keys.ts as the only file directly in domain/', () => {
    expect(unplacedDomainFiles(files)).toEqual([]);
    expect(unplacedDomainFiles([fileOf('domain/desk.ts'), fileOf('domain/keys.ts')])).toEqual([
      'domain/desk.ts',
    ]);
  });

  it('hand an operation its tools: it reads no environment, clock or random number, and makes no client', () => {
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

  it('mark every top-level maker as PURE, so that a bundle leaves out what its door does not use', () => {
    expect(unmarkedMakers(files)).toEqual([]);
    const text = 'export const a = once(() => 1);\nexport const b = /* @__PURE__ */ once(() => 2);';
    expect(unmarkedMakers([fileOf('wiring/a.ts', text)])).toEqual(['wiring/a.ts: a']);
  });
});
