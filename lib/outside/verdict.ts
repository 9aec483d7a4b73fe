import type { Manifest } from '#systems/manifest.ts';
import type { Reply } from './outside.ts';
import { readAnswer } from './read-answer.ts';

/**
 * The answer to a call that is a yes or a definite no, by its manifest. Any other answer is an
 * outage and is thrown: whether the call took effect is not known.
 */
export function verdictFrom(
  reply: Reply,
  { name, calls }: Pick<Manifest, 'name' | 'calls'>,
  call: string,
  subject: string,
): boolean {
  const read = readAnswer(reply, calls[call]?.answer ?? {}, subject);
  if (read.says === 'yes') return true;
  if (read.says === 'no' || read.says === 'absent') return false;
  const why = read.says === 'unknown' ? read.reason : `says ${read.says}`;
  throw new Error(`${name} ${why} to ${call}`);
}
