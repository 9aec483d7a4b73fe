import type { Ask, Phase, QueryResult, RemoteFiles, Vote } from '#systems/protocol.ts';
import { agrees, batchTotals, voteFromFile } from './file-answer.ts';
import { readFileState, readHandover } from './file-state.ts';
import { type OutboundFile, outboundFile } from './outbound-file.ts';
import { awaitAnswer, sendFile } from './send-file.ts';
import { type Time, writeFile } from './write-file.ts';

type InFolder<T> = (ask: Ask, files: RemoteFiles) => Promise<T>;
const no = (reason: string): Vote => ({ vote: 'no', reason });

/**
 * File names tell the state: `.part` is being written, `.dat` is handed over, `.rsp` is the
 * answer, `.void` a tombstone that the system checks before it reads a file. A renamed file
 * belongs to the system; before that, it ignores it.
 */
export const fileExchangeOn = (
  time: Time,
): Record<Phase, InFolder<Vote>> & { query: InFolder<QueryResult> } => ({
  /** Writes the file and reads it back, under a name that the system ignores. */
  async prepare(ask, files) {
    if (!ask.batch) return no('the sync has no items');
    const load = outboundFile(ask, 'LOAD', time.now());
    const { voided, sent, answer } = await readFileState(load, files);
    if (voided) return no('rolled-back');
    if (answer) return voteFromFile(answer, load);
    if (sent) return { vote: 'yes', totals: batchTotals(load) };
    const hindered = await writeFile(load, { ask, files, time });
    if (hindered) return hindered;
    // Rolled back while it was being written: this session removes the leftover file.
    if ((await files.size(load.void)) === undefined) return { vote: 'yes', totals: batchTotals(load) };
    await files.remove(load.part);
    return no('rolled-back');
  },

  /**
   * Renames the file and awaits the answer. A refused file is handed over again, since a retry
   * asks whether the refusal still holds.
   */
  commit: (ask, files) => sendFile(outboundFile(ask, 'LOAD', time.now()), { ask, files, time }),

  /**
   * Writes the tombstone before it removes the file; an accepted file is reversed by another file.
   */
  async rollback(ask, files) {
    const load = outboundFile(ask, 'LOAD', time.now());
    if ((await files.size(load.void)) === undefined) await files.write(load.void, []);
    const held = await files.remove(load.part);
    if (held) await files.remove(load.seen);
    const found = await readHandover(load, files);
    const answer = found.sent ? await awaitAnswer(load, { ask, files, time }) : found.answer;
    if (!answer && found.sent) return { vote: 'ongoing' };
    if (!answer)
      return held ? { vote: 'yes' } : { vote: 'no', reason: 'it has no record of this sync', absent: true };
    if (answer.status === 'rejected') return { vote: 'yes' };
    if (answer.status === 'unreadable' || !agrees(answer, load)) return voteFromFile(answer, load);
    return sendFile(outboundFile(ask, 'REVERSAL', time.now()), { ask, files, time });
  },

  async query(ask, files) {
    const load = outboundFile(ask, 'LOAD', time.now());
    const { voided, part, sent, answer } = await readFileState(load, files);
    if (answer?.status === 'unreadable') return { stands: 'unknown', reason: answer.why };
    if (answer?.status === 'accepted') {
      if (!agrees(answer, load)) return { stands: 'unknown', reason: 'its totals differ from those sent' };
      return voided
        ? standsReversed(outboundFile(ask, 'REVERSAL', time.now()), files)
        : { stands: 'committed' };
    }
    if (sent) return { stands: 'ongoing' };
    if (voided) return { stands: 'rolled-back' };
    return { stands: part === load.size ? 'prepared' : 'absent' };
  },
});

async function standsReversed(load: OutboundFile, files: RemoteFiles): Promise<QueryResult> {
  const { sent, answer } = await readFileState(load, files);
  if (answer?.status === 'unreadable') return { stands: 'unknown', reason: answer.why };
  if (answer?.status === 'accepted')
    return agrees(answer, load)
      ? { stands: 'rolled-back' }
      : { stands: 'unknown', reason: 'its totals differ from those sent' };
  return { stands: sent ? 'ongoing' : 'committed' };
}
