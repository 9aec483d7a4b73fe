import type { RemoteFiles } from '#systems/contract.ts';
import { type Answer, answerTo } from './file-answer.ts';
import type { Load } from './load.ts';

/** How a load stands in the folder: whether it is called off, how much of it is written, whether they have it, and what they say of it. */
export type Looked = Standing & { voided: boolean; part: number | undefined };
type Standing = { sent: boolean; answer: Answer | undefined };

/** In this order: whoever finds no file that is being written, none that is theirs and no answer has come before all three. */
export async function look(load: Load, files: RemoteFiles): Promise<Looked> {
  // A reversal is of what is called off.
  const voided = load.kind === 'LOAD' && (await files.size(load.void)) !== undefined;
  const part = await files.size(load.part);
  return { voided, part, ...(await standing(load, files)) };
}

/**
 * Whether they have it, and their answer. They answer before they remove the file: so a refusal beside a file is of one before it, or will be looked into
 * once more by whoever died over it. Only an acceptance is for ever.
 */
export async function standing(load: Load, files: RemoteFiles): Promise<Standing> {
  const there = (await files.size(load.dat)) !== undefined;
  const answer = await answerTo(load, files);
  if (there && answer?.status === 'rejected') return { sent: true, answer: undefined };
  return { sent: there && !answer, answer };
}
