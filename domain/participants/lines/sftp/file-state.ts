import type { RemoteFiles } from '#systems/protocol.ts';
import { type FileAnswer, readFileAnswer } from './file-answer.ts';
import type { OutboundFile } from './outbound-file.ts';

/** State of a file in the folder: tombstone, bytes written, handed over, and the answer. */
export type FileState = Handover & { voided: boolean; part: number | undefined };
type Handover = { sent: boolean; answer: FileAnswer | undefined };

/**
 * The order matters: a reader that finds no `.part`, no `.dat` and no `.rsp` came before all
 * three.
 */
export async function readFileState(load: OutboundFile, files: RemoteFiles): Promise<FileState> {
  // A reversal has no tombstone: it is about a sync that has one.
  const voided = load.kind === 'LOAD' && (await files.size(load.void)) !== undefined;
  const part = await files.size(load.part);
  return { voided, part, ...(await readHandover(load, files)) };
}

/**
 * Whether the file is handed over, and its answer. The system answers before it removes the file,
 * so a refusal beside a file is about an earlier one, or is not final yet; only an acceptance is
 * final.
 */
export async function readHandover(load: OutboundFile, files: RemoteFiles): Promise<Handover> {
  const there = (await files.size(load.dat)) !== undefined;
  const answer = await readFileAnswer(load, files);
  if (there && answer?.status === 'rejected') return { sent: true, answer: undefined };
  return { sent: there && !answer, answer };
}
