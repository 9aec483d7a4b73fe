import type { RemoteFiles } from '#systems/protocol.ts';
import { type FileAnswer, readFileAnswer } from './file-answer.ts';
import type { OutboundFile } from './outbound-file.ts';

/** How a load stands in the folder: whether it is called off, how much of it is written, whether they have it, and what they say of it. */
export type FileState = Handover & { voided: boolean; part: number | undefined };
type Handover = { sent: boolean; answer: FileAnswer | undefined };

/** In this order: whoever finds no file that is being written, none that is theirs and no answer has come before all three. */
export async function readFileState(load: OutboundFile, files: RemoteFiles): Promise<FileState> {
  // A reversal is of what is called off.
  const voided = load.kind === 'LOAD' && (await files.size(load.void)) !== undefined;
  const part = await files.size(load.part);
  return { voided, part, ...(await readHandover(load, files)) };
}

/**
 * Whether they have it, and their answer. They answer before they remove the file: so a refusal beside a file is of one before it, or will be looked into
 * once more by whoever died over it. Only an acceptance is for ever.
 */
export async function readHandover(load: OutboundFile, files: RemoteFiles): Promise<Handover> {
  const there = (await files.size(load.dat)) !== undefined;
  const answer = await readFileAnswer(load, files);
  if (there && answer?.status === 'rejected') return { sent: true, answer: undefined };
  return { sent: there && !answer, answer };
}
