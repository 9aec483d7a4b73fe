import type { Ask, Phase, QueryResult, RemoteFiles, Vote } from '#systems/protocol.ts';
import { agrees, batchTotals, voteFromFile } from './file-answer.ts';
import { readFileState, readHandover } from './file-state.ts';
import { type OutboundFile, outboundFile } from './outbound-file.ts';
import { awaitAnswer, sendFile } from './send-file.ts';
import { type Time, writeFile } from './write-file.ts';

type InFolder<T> = (ask: Ask, files: RemoteFiles) => Promise<T>;
const no = (reason: string): Vote => ({ vote: 'no', reason });

/**
 * A change as files in a folder that both sides know: `.part` is being written, `.dat` is handed over, `.rsp` is their answer, `.void` our word that it is
 * taken back, which they look for before they take anything. A file renamed is theirs; until then it is ours, and they look away.
 */
export const fileExchangeOn = (
  time: Time,
): Record<Phase, InFolder<Vote>> & { query: InFolder<QueryResult> } => ({
  /** Everything is written and read back, under a name that they do not look at. */
  async prepare(ask, files) {
    if (!ask.batch) return no('there are no items in it');
    const load = outboundFile(ask, 'LOAD', time.now());
    const { voided, sent, answer } = await readFileState(load, files);
    if (voided) return no('rolled-back');
    if (answer) return voteFromFile(answer, load);
    if (sent) return { vote: 'yes', totals: batchTotals(load) };
    const hindered = await writeFile(load, { ask, files, time });
    if (hindered) return hindered;
    // Taken back while it was being written: what was written then is nobody's.
    if ((await files.size(load.void)) === undefined) return { vote: 'yes', totals: batchTotals(load) };
    await files.remove(load.part);
    return no('rolled-back');
  },

  /** One rename, and their answer. What they have refused is handed over once more: whoever asks again wants to know whether they still do. */
  commit: (ask, files) => sendFile(outboundFile(ask, 'LOAD', time.now()), { ask, files, time }),

  /** Our word first, then our file; what they have accepted is reversed by another file. */
  async rollback(ask, files) {
    const load = outboundFile(ask, 'LOAD', time.now());
    if ((await files.size(load.void)) === undefined) await files.write(load.void, []);
    const held = await files.remove(load.part);
    if (held) await files.remove(load.seen);
    const found = await readHandover(load, files);
    const answer = found.sent ? await awaitAnswer(load, { ask, files, time }) : found.answer;
    if (!answer && found.sent) return { vote: 'ongoing' };
    if (!answer) return held ? { vote: 'yes' } : { vote: 'no', reason: 'never heard of it', absent: true };
    if (answer.status === 'rejected') return { vote: 'yes' };
    if (answer.status === 'unreadable' || !agrees(answer, load)) return voteFromFile(answer, load);
    return sendFile(outboundFile(ask, 'REVERSAL', time.now()), { ask, files, time });
  },

  async query(ask, files) {
    const load = outboundFile(ask, 'LOAD', time.now());
    const { voided, part, sent, answer } = await readFileState(load, files);
    if (answer?.status === 'unreadable') return { stands: 'unknown', reason: answer.why };
    if (answer?.status === 'accepted') {
      if (!agrees(answer, load)) return { stands: 'unknown', reason: 'says other totals' };
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
      : { stands: 'unknown', reason: 'says other totals' };
  return { stands: sent ? 'ongoing' : 'committed' };
}
