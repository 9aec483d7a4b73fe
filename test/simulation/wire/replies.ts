import zlib from 'node:zlib';
import { Unreached } from '#lib/outside/outside.ts';
import { replyFrom } from '#lib/outside/reply.ts';
import { type Random, randomFrom } from '#test/simulation/engine/random.ts';
import type { Simulator } from '#test/simulation/engine/simulator.ts';

/** Each coding by the name that it is told by, in any case, with white space around it. */
const codings: Record<string, (bytes: Buffer) => Buffer> = {
  identity: (bytes) => bytes,
  gzip: (bytes) => zlib.gzipSync(bytes),
  'x-gzip': (bytes) => zlib.gzipSync(bytes),
  deflate: (bytes) => zlib.deflateSync(bytes),
  'deflate raw': (bytes) => zlib.deflateRawSync(bytes),
  br: (bytes) => zlib.brotliCompressSync(bytes),
  compress: (bytes) => bytes,
  'gzip;q=1': (bytes) => bytes,
};
const strange = ['compress', 'gzip;q=1'];
const damages = ['none', 'none', 'none', 'mark', 'cut', 'flip', 'bomb', 'endless'] as const;
const maxBytes = 20_000;

type Told = { status: number; names: string[]; damage: (typeof damages)[number] };
type Seen = Told & { violations: string[]; came: string };

async function history(seed: number): Promise<Seen> {
  const random = randomFrom(seed);
  const names = Array.from({ length: random.pick([0, 1, 1, 1, 2, 2, 3, 4]) }, () =>
    random.pick(Object.keys(codings)),
  );
  const told = { status: random.pick([200, 201, 400, 404, 409]), names, damage: random.pick(damages) };
  const value = { text: random.id().repeat(1 + random.whole(500)), 'ü€': seed };
  const isBomb = told.damage === 'bomb' || told.damage === 'endless';
  const text = JSON.stringify(isBomb ? { text: 'x'.repeat(300_000) } : value);
  const plain = Buffer.from(told.damage === 'mark' ? `\ufeff${text}` : text);
  const bytes = damaged(
    names.reduce<Buffer>((some, name) => codings[name]!(some), plain),
    told.damage,
    random,
  );
  const came = await inTime(heard(told, bytes, random));
  const due = dueOf(told, value, isRead(names));
  const isFine = due === undefined || due.includes(came);
  const name = `${told.status} ${names.join(', ')} ${told.damage}`;
  return {
    ...told,
    came,
    violations: isFine ? [] : [`${name}: ${came.slice(0, 90)}, not ${due?.map((one) => one.slice(0, 90))}`],
  };
}

const isRead = (names: string[]) => names.filter((name) => name !== 'identity').length;

/** What may come of it, by RFC 9110 8.4 and docs/adapters.md; undefined where that is anything. */
function dueOf({ status, names, damage }: Told, value: unknown, layers: number): string[] | undefined {
  if (layers > 3 || names.some((name) => strange.includes(name))) return ['encoding'];
  if (damage === 'bomb' || damage === 'endless') return ['too-large'];
  const same = JSON.stringify({ status, body: value });
  if (damage === 'cut')
    return layers > 0 ? ['cut-off'] : status < 300 ? ['not-json'] : [JSON.stringify({ status })];
  // A flipped bit may be one that nothing depends on; it is never another answer where there is a checksum.
  if (damage === 'flip')
    return names.some((name) => /gzip|^deflate$/.test(name)) ? ['cut-off', same] : undefined;
  return [same];
}

function damaged(bytes: Buffer, damage: Told['damage'], random: Random): Buffer {
  if (damage === 'cut')
    return bytes.subarray(0, Math.max(1, bytes.length - 1 - random.whole(bytes.length / 2)));
  if (damage !== 'flip') return bytes;
  const flipped = Buffer.from(bytes);
  const at = random.whole(flipped.length);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << random.whole(8));
  return flipped;
}

async function heard({ status, names, damage }: Told, bytes: Buffer, random: Random): Promise<string> {
  const encoding = names.map((name) => spelled(name, random)).join(random.pick([',', ', ', ' ,, ']));
  try {
    const reply = await replyFrom(status, inPieces(bytes, damage, random), maxBytes, { encoding });
    return JSON.stringify(reply);
  } catch (error) {
    return error instanceof Unreached ? error.reason : String(error);
  }
}

const spelled = (name: string, random: Random): string => {
  const word = name.replace(' raw', '');
  return random.chance(0.2) ? word.toUpperCase() : word;
};

async function* inPieces(bytes: Buffer, damage: Told['damage'], random: Random): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + random.whole(random.pick([2, 1_000, 100_000]));
    yield bytes.subarray(at, end);
    at = end;
  }
  if (damage === 'endless') await new Promise(() => {});
}

/** A reader that waits for more of an endless answer waits for ever. */
function inTime(heard: Promise<string>): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(resolve, 5_000, 'nothing came');
  return Promise.race([heard, promise]).finally(() => clearTimeout(timer));
}

type Sum = { replies: number; encoded: number; outages: number };

export const simulator: Simulator<Seen, Sum> = {
  history,
  emptyTally: () => ({ replies: 0, encoded: 0, outages: 0 }),
  tally: (sum, { names, came }) => {
    sum.replies += 1;
    if (isRead(names) > 0) sum.encoded += 1;
    if (!came.startsWith('{')) sum.outages += 1;
  },
  lines: ({ status, names, damage, came }) => [`${status} ${names.join(', ')} ${damage}: ${came}`],
};
