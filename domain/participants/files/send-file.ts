import type { Vote } from '#systems/protocol.ts';
import { type FileAnswer, unknownVote, voteFromFile } from './file-answer.ts';
import { type FileState, readFileState, readHandover } from './file-state.ts';
import type { OutboundFile } from './outbound-file.ts';
import { isCurrent, isOver, type Session, writeFile } from './write-file.ts';

/**
 * Hands a file over and awaits the answer; a refused file is handed over again. Sessions may run
 * in parallel: none removes the other's files, and each reads the state again before the rename
 * that decides.
 */
export async function sendFile(load: OutboundFile, session: Session): Promise<Vote> {
  const { files } = session;
  const found = await readFileState(load, files);
  const said = await saidOf(found, load, session);
  if (said) return said;
  // Without a refusal a missing load may be handed over already: a second file would be a second
  // load.
  if (found.part === undefined && !found.answer && load.kind === 'LOAD') return gone;
  const hindered =
    found.part === load.size && (await isCurrent(load, files)) ? undefined : await writeFile(load, session);
  if (hindered) return hindered;
  const now = await readFileState(load, files);
  const meanwhile = await saidOf(now, load, session);
  if (meanwhile) return meanwhile;
  if (now.part === undefined) return now.answer ? voteFromFile(now.answer, load) : gone;
  if (now.part !== load.size) return unknownVote('its file changed during the handover');
  // A parallel session of the same call may rename it first: the answer is the same.
  await files.rename(load.part, load.dat);
  return heardVote(load, session);
}

const gone = unknownVote('neither its file nor an answer is in the folder');

/** The vote that the state alone gives, before any handover. */
async function saidOf(
  { voided, sent, answer }: FileState,
  load: OutboundFile,
  session: Session,
): Promise<Vote | undefined> {
  if (voided)
    return sent || answer?.status === 'accepted'
      ? unknownVote('it is being rolled back')
      : { vote: 'no', reason: 'rolled-back' };
  if (answer && answer.status !== 'rejected') return voteFromFile(answer, load);
  return sent ? heardVote(load, session) : undefined;
}

async function heardVote(load: OutboundFile, session: Session): Promise<Vote> {
  const answer = await awaitAnswer(load, session);
  return answer ? voteFromFile(answer, load) : { vote: 'ongoing' };
}

const firstLookMs = 50;
const longestLookMs = 500;

/** Polls for the answer within `responseWaitMs`. */
export async function awaitAnswer(load: OutboundFile, session: Session): Promise<FileAnswer | undefined> {
  const { ask, files, time } = session;
  const until = time.now() + (ask.system.file?.responseWaitMs ?? 0);
  for (let pauseMs = firstLookMs; ; pauseMs = Math.min(2 * pauseMs, longestLookMs)) {
    const { answer } = await readHandover(load, files);
    if (answer || time.now() >= until || isOver(session)) return answer;
    await time.wait(Math.min(pauseMs, until - time.now()));
  }
}
