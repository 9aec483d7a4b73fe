import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bundled } from '#infra/bundling.ts';

const root = join(import.meta.dirname, '../..');
const packagesOf = async (entry: string) => {
  const { code, metafile } = await bundled(root, entry);
  const kept = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
  );
  const packages = kept.map(([file]) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? 'ours');
  return { kib: gzipSync(code).length / 1024, packages: [...new Set(packages)] };
};

it.each(['v1', 'v2'])(
  'a reservation by %s starts from at most 50 KB, without the SDK’s client',
  async (version) => {
    const { kib, packages } = await packagesOf(
      `functions/api/${version}/slots.[slotId].reservations.post.ts`,
    );
    expect(kib).toBeLessThanOrEqual(50);
    expect(packages).toContain('@smithy/signature-v4');
    expect(packages).not.toContain('@aws-sdk/client-dynamodb');
    expect(packages).not.toContain('@aws-sdk/core');
  },
);

it('what needs other services has the SDK, with credentials from the environment alone', async () => {
  const { packages } = await packagesOf('functions/streams/relay.ts');
  expect(packages).toContain('@aws-sdk/client-sqs');
  expect(packages.filter((name) => name.includes('credential-provider'))).toEqual([]);
});
