import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { itemIn } from '#domain/syncs/batches/item-line.ts';
import { pinBatchOn } from '#domain/syncs/batches/pin-batch.ts';
import { uploadId } from '#domain/syncs/batches/upload-id.ts';
import { isLong } from '#test/long.ts';

const count = isLong ? 1_000_000 : 100_000;
const rounds = 3;
const lines = Array.from({ length: count }, (_, at) =>
  Buffer.from(JSON.stringify({ id: `chk-${at}`, amount_minor: 1_000 + (at % 500), payee: `Payee ${at}` })),
);
const object = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
const total = lines.reduce((sum, _, at) => sum + 1_000 + (at % 500), 0);
const upload = uploadId('acme', 'pinning', { count, amount_minor: total, gzip: false });

/** CPU seconds of this process. */
const cpuOf = async (work: () => unknown): Promise<number> => {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
};

const pin = () =>
  pinBatchOn({
    objects: {
      openObject: async () => ({
        version: '1',
        bytes: object.length,
        body: Readable.from(pieces(object)),
        stop: () => {},
      }),
      putObject: async () => ({ version: '1' }),
    } as never,
  })({ tenant: 'acme', type: 'benefit.adjusted', items: { upload } });

function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

it(`pins ${count} items, read strictly, for at most 1.2 times the CPU of items that are only parsed`, async () => {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const plain = await cpuOf(() => lines.every((line) => isUtf8(line) && JSON.parse(line.toString())));
    const strict = await cpuOf(() => lines.every(itemIn));
    const whole = await cpuOf(pin);
    ratios.push(whole / (whole - strict + plain));
    process.stderr.write(
      `${count} items: ${whole.toFixed(2)} s of CPU to pin, of which reading ${strict.toFixed(2)} s, ${plain.toFixed(2)} s if only parsed\n`,
    );
  }
  expect(Math.min(...ratios)).toBeLessThan(1.2);
});
