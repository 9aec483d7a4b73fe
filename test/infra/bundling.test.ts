import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bundle } from '#infra/read/bundles.ts';

const root = join(import.meta.dirname, '../..');
const packagesOf = (door: string) => {
  const { doors, packages } = bundle(root, [door]);
  return { kib: gzipSync(doors[door]?.code ?? '').length / 1024, packages: packages[door] ?? [] };
};

it.each(['v1', 'v2'])(
  'the bundle of a reservation by %s has at most 52 KB after gzip, without the SDK’s client',
  (version) => {
    const { kib, packages } = packagesOf(`functions/api/${version}/slots.[slotId].reservations.post.ts`);
    expect(kib).toBeLessThanOrEqual(52);
    expect(packages).toContain('@smithy/signature-v4');
    expect(packages).not.toContain('@aws-sdk/client-dynamodb');
    expect(packages).not.toContain('@aws-sdk/core');
  },
);

it('a door of other AWS services bundles the SDK, without credential providers', () => {
  const { packages } = packagesOf('functions/streams/relay.ts');
  expect(packages).toContain('@aws-sdk/client-sqs');
  expect(packages.filter((name) => name.includes('credential-provider'))).toEqual([]);
});
