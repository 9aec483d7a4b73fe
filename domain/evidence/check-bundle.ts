import { bundle } from './bundle.ts';
import { checkCheckpoint, checkRest } from './check-checkpoint.ts';
import { checkItem } from './check-item.ts';
import { checkResults } from './check-results.ts';
import { checkRows } from './check-rows.ts';
import { Fault, type Given } from './fault.ts';

/** `checked`: what was found good, in plain lines, up to the fault if there is one. */
export type Verdict = { good: boolean; checked: string[]; fault?: string };

/** From the rows up to the signature and down to the items, and no further than the first thing that is wrong. Needs nothing but the bundle. */
const checks = [checkRows, checkCheckpoint, checkRest, checkResults, checkItem];

export function checkBundle(value: unknown, given: Given = {}): Verdict {
  const checked: string[] = [];
  try {
    const read = bundle.safeParse(value);
    if (!read.success) throw new Fault(`this is no bundle of evidence: ${toldOf(read.error.issues[0])}`);
    for (const check of checks) {
      const words = check(read.data, given);
      if (words) checked.push(words);
    }
    return { good: true, checked };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { good: false, checked, fault: `${error.message[0]?.toUpperCase()}${error.message.slice(1)}.` };
  }
}

const toldOf = (issue: { path: PropertyKey[]; message: string } | undefined) =>
  `${issue?.path.join('.') || 'all of it'}: ${issue?.message}`;
