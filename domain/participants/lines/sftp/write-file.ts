import type { Ask } from '#domain/participants/line.ts';
import type { RemoteFiles, Vote } from '#systems/protocol.ts';
import { unknownVote } from './file-answer.ts';
import { type OutboundFile, Unwritable } from './outbound-file.ts';

/** Bytes that two files have in common, and why it stopped: `cut` means that time was up. */
type Compared = { bytes: number; ended: 'same' | 'other' | 'cut' };

/** Compares a stream with the expected bytes, one block of each in memory. */
export async function compareFile(
  read: AsyncIterable<Uint8Array>,
  due: AsyncGenerator<Uint8Array>,
  isOver: () => boolean,
): Promise<Compared> {
  let [bytes, held]: [number, Uint8Array] = [0, new Uint8Array(0)];
  try {
    for await (const piece of read) {
      if (isOver()) return { bytes, ended: 'cut' };
      for (let at = 0; at < piece.length; ) {
        if (held.length === 0) held = (await due.next()).value ?? held;
        const some = held.subarray(0, piece.length - at);
        if (some.length === 0 || Buffer.compare(some, piece.subarray(at, at + some.length)) !== 0)
          return { bytes, ended: 'other' };
        held = held.subarray(some.length);
        at += some.length;
        bytes += some.length;
      }
    }
    const isWhole = held.length === 0 && (await due.next()).done;
    return { bytes, ended: isWhole ? 'same' : 'other' };
  } finally {
    await due.return(undefined); // closes the stream behind it
  }
}

export type Time = { now: () => number; wait: (ms: number) => Promise<unknown> };
/** One session about one change. */
export type Session = { ask: Ask; files: RemoteFiles; time: Time };

/** A session starts nothing that takes longer this close to its deadline. */
const marginMs = 1_000;
export const isOver = ({ ask, time }: Session): boolean => time.now() >= ask.notAfter - marginMs;

/**
 * Writes the missing records and reads the file back; undefined when it is complete, otherwise the
 * vote. Resumes at the last whole record, and reading behind `seen`.
 */
export async function writeFile(load: OutboundFile, session: Session): Promise<Vote | undefined> {
  try {
    const { seen, moved, isCut } = await completed(load, session);
    return isCut ? later(moved) : await verified(load, session, { seen, moved });
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error;
    await session.files.remove(load.part);
    const { item, reason } = error;
    return {
      vote: 'no',
      reason: `cannot be written: ${reason}`,
      ...(item !== undefined && { items: [{ id: item, reason }] }),
    };
  }
}

/** Votes `more`, unless nothing moved: then the next leg would get no further either. */
const later = (moved: boolean): Vote =>
  moved ? { vote: 'ongoing', more: true } : unknownVote('no time was left to write or read the file');

/** Whether the header has today's date: systems refuse one that is a day old. */
export async function isCurrent(load: OutboundFile, files: RemoteFiles): Promise<boolean> {
  if (!load.isRedated) return true;
  let found = Buffer.alloc(0);
  for await (const piece of (await files.read(load.part)) ?? []) {
    found = Buffer.concat([found, piece]);
    if (found.length >= load.length) break;
  }
  return found.subarray(0, load.length).equals(load.header());
}

class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp';
}

/** `seen`: bytes read back before. `moved`: something was written. */
async function completed(
  load: OutboundFile,
  session: Session,
): Promise<{ seen: number; moved: boolean; isCut: boolean }> {
  const { files } = session;
  const there = (await files.size(load.part)) ?? 0;
  const isGood = there >= load.length && there <= load.size && (await isCurrent(load, files));
  const from = isGood ? Math.floor(there / load.length) : 0;
  let seen = there === 0 ? 0 : await seenOf(load, files);
  if (seen > from * load.length) {
    await files.remove(load.seen); // of an earlier file
    seen = 0;
  }
  if (from * load.length === load.size) return { seen, moved: false, isCut: false };
  let moved = false;
  async function* untilOver() {
    for await (const block of load.bytes(from)) {
      // Throw instead of returning: a normal end would truncate what another session appended.
      if (isOver(session)) throw new TimeIsUp();
      yield block;
      moved = true;
    }
  }
  try {
    await files.write(load.part, untilOver(), from * load.length);
  } catch (error) {
    if (!(error instanceof TimeIsUp)) throw error;
    return { seen, moved, isCut: true };
  }
  return { seen, moved, isCut: false };
}

const longestMark = 12;

/** A number of bytes; what is longer is not of ours, and is not read further. */
async function seenOf(load: OutboundFile, files: RemoteFiles): Promise<number> {
  let text = '';
  for await (const piece of (await files.read(load.seen)) ?? []) {
    text += Buffer.from(piece.subarray(0, longestMark + 1)).toString('latin1');
    if (text.length > longestMark) break;
  }
  const bytes = /^\d+$/.test(text) && text.length <= longestMark ? Number(text) : 0;
  return bytes - (bytes % load.length);
}

/** Reads the file back. A difference is cut off, and the next session writes it again. */
async function verified(
  load: OutboundFile,
  session: Session,
  { seen, moved }: { seen: number; moved: boolean },
): Promise<Vote | undefined> {
  const { files } = session;
  const read = await files.read(load.part, seen);
  if (!read) return unknownVote('its file was removed while it was read back');
  const { bytes, ended } = await compareFile(read, load.bytes(seen / load.length), () => isOver(session));
  const good = seen + bytes - (bytes % load.length);
  if (ended === 'other') {
    await files.write(load.part, [], good);
    return unknownVote('its file differs from what was written');
  }
  if (ended === 'cut') {
    if (good > seen) await files.write(load.seen, [Buffer.from(String(good))]);
    return later(moved || good > seen);
  }
  if (seen > 0) await files.remove(load.seen);
  return undefined;
}
