import { createHash } from 'node:crypto';
import type { Ask, RemoteFiles, Vote } from '#systems/contract.ts';
import { type Answer, answerTo, unknown, voteOf } from './file-answer.ts';
import { type Load, Unwritable } from './load.ts';

/** Time, handed in. */
export type Time = { now: () => number; wait: (ms: number) => Promise<unknown> };
/** One session about one change. */
export type Session = { ask: Ask; files: RemoteFiles; time: Time };

/** So long before its time is over a session begins nothing that takes longer. */
const marginMs = 1_000;
const isOver = ({ ask, time }: Session): boolean => time.now() >= ask.notAfter - marginMs;
const later: Vote = { vote: 'ongoing', more: true };

/**
 * Writes what is missing of a file, and reads it back: undefined where it is there as a whole, otherwise why it is not. What was written before is gone on
 * with at its last whole record; when time is up it stops behind one.
 */
export async function kept(load: Load, session: Session): Promise<Vote | undefined> {
  const { files } = session;
  try {
    const written = await complete(load, session);
    if (written === 'cut' || isOver(session)) return later;
    const back = await files.read(load.part);
    if (back && (await digestOf(back)) === (written ?? (await digestOf(load.bytes())))) return undefined;
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error;
    await files.remove(load.part);
    const { item, reason } = error;
    return { vote: 'no', reason: `cannot be written: ${reason}`, items: [{ id: item, reason }] };
  }
  await files.remove(load.part);
  return unknown('its file reads back other than it was written');
}

/** The digest of what was written, if that was all of it. */
async function complete(load: Load, session: Session): Promise<string | 'cut' | undefined> {
  const there = (await session.files.size(load.part)) ?? 0;
  if (there === load.size) return undefined;
  const from = there < load.size ? Math.floor(there / load.length) : 0;
  const hash = createHash('sha256');
  let isCut = false;
  async function* untilOver() {
    for await (const block of load.bytes(from)) {
      isCut = isOver(session);
      if (isCut) return;
      hash.update(block);
      yield block;
    }
  }
  await session.files.write(load.part, untilOver(), from * load.length);
  return isCut ? 'cut' : from === 0 ? hash.digest('hex') : undefined;
}

async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * Hands a file over and hears what they say. `before`: their refusal of an earlier try, which is taken away only when the next is ready, so that whoever
 * dies in between leaves one or the other.
 */
export async function handedOver(load: Load, session: Session, before?: Answer): Promise<Vote> {
  const { files } = session;
  if ((await files.size(load.part)) !== load.size) {
    const hindered = await kept(load, session);
    if (hindered) return hindered;
  }
  if (before) await files.remove(load.rsp);
  // Whether it was this session or another of the same call that renamed it makes no difference to what they answer.
  await files.rename(load.part, load.dat);
  const answer = await heard(load, session);
  return answer ? voteOf(answer, load) : { vote: 'ongoing' };
}

const firstLookMs = 50;
const longestLookMs = 500;

/** Their answer, if it comes while we wait for it. */
export async function heard(load: Load, session: Session): Promise<Answer | undefined> {
  const { ask, files, time } = session;
  const until = time.now() + (ask.system.file?.responseWaitMs ?? 0);
  for (let pauseMs = firstLookMs; ; pauseMs = Math.min(2 * pauseMs, longestLookMs)) {
    const answer = await answerTo(load, files);
    if (answer || time.now() >= until || isOver(session)) return answer;
    await time.wait(Math.min(pauseMs, until - time.now()));
  }
}
