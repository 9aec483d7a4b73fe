import type { Vote } from '#systems/protocol.ts';
import { type FileAnswer, unknownVote, voteFromFile } from './file-answer.ts';
import { type FileState, readFileState, readHandover } from './file-state.ts';
import type { OutboundFile } from './outbound-file.ts';
import { isCurrent, isOver, type Session, writeFile } from './write-file.ts';

/**
 * Hands a file over and hears what they say; what they have refused is handed over once more. Others may do the same at the same time: so nothing of theirs
 * is removed, a file is written only where none can be on its way, and before the one rename that decides everything is looked at again.
 */
export async function sendFile(load: OutboundFile, session: Session): Promise<Vote> {
  const { files } = session;
  const found = await readFileState(load, files);
  const said = await saidOf(found, load, session);
  if (said) return said;
  // Without a refusal a load that is gone may be theirs by now, and another one in its place would be a second one.
  if (found.part === undefined && !found.answer && load.kind === 'LOAD') return gone;
  const hindered =
    found.part === load.size && (await isCurrent(load, files)) ? undefined : await writeFile(load, session);
  if (hindered) return hindered;
  const now = await readFileState(load, files);
  const meanwhile = await saidOf(now, load, session);
  if (meanwhile) return meanwhile;
  if (now.part === undefined) return now.answer ? voteFromFile(now.answer, load) : gone;
  if (now.part !== load.size) return unknownVote('its file is not what it was a moment ago');
  // Whether it was this session or another of the same call that renamed it makes no difference to what they answer.
  await files.rename(load.part, load.dat);
  return heardVote(load, session);
}

const gone = unknownVote('neither its file nor an answer is there');

/** What there is to say without handing anything over. */
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

/** Their answer, if it comes while we wait for it. */
export async function awaitAnswer(load: OutboundFile, session: Session): Promise<FileAnswer | undefined> {
  const { ask, files, time } = session;
  const until = time.now() + (ask.system.file?.responseWaitMs ?? 0);
  for (let pauseMs = firstLookMs; ; pauseMs = Math.min(2 * pauseMs, longestLookMs)) {
    const { answer } = await readHandover(load, files);
    if (answer || time.now() >= until || isOver(session)) return answer;
    await time.wait(Math.min(pauseMs, until - time.now()));
  }
}
