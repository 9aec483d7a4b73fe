import { bundle, formatVersion } from './bundle.ts';
import { type About, aboutOf, checkTenant } from './bundle-summary.ts';
import { checkCheckpoint, notSigned } from './check-checkpoint.ts';
import { checkItem } from './check-item.ts';
import { checkResults } from './check-results.ts';
import { checkRows } from './check-rows.ts';
import { Fault, type Given } from './fault.ts';
import { parsed, refuseProto } from './plain-json.ts';

/**
 * `checked`: what was verified before the first fault, in plain lines. `about`: true only if
 * `good`; `unsigned`: no fault, but no checkpoint covers the last rows yet.
 */
export type Verdict = { good: boolean; about?: About; checked: string[]; fault?: string; unsigned?: string };

/**
 * From the rows to the signature and the items, up to the first fault. Needs nothing but the
 * bundle.
 */
const checks = [checkTenant, checkRows, checkCheckpoint, checkResults, checkItem];

export const checkBundle = (value: unknown, given: Given = {}): Verdict => verdictOf(() => value, given);

/** Checks the text of a file: only text shows duplicate names. */
export const checkBundleText = (text: string, given: Given = {}): Verdict =>
  verdictOf(() => fileOf(text), given);

function verdictOf(given: () => unknown, by: Given): Verdict {
  const checked: string[] = [];
  let about: About | undefined;
  try {
    const value = given();
    refuseProto(value);
    refuseOtherVersion(value);
    const read = bundle.safeParse(value);
    if (!read.success) throw new Fault(`this is no bundle of evidence: ${toldOf(read.error.issues[0])}`);
    about = aboutOf(read.data);
    for (const check of checks) {
      const words = check(read.data, by);
      if (words) checked.push(words);
    }
    const unsigned = notSigned(read.data);
    return unsigned
      ? { good: false, about, checked, unsigned: sentence(unsigned) }
      : { good: true, about, checked };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { good: false, ...(about && { about }), checked, fault: `${sentence(error.message)}.` };
  }
}

/** A bundle of another version is not forged: its hashes cover other fields. */
function refuseOtherVersion(value: unknown): void {
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== 'lockstep-evidence' || typeof version !== 'number' || version === formatVersion) return;
  throw new Fault(
    `this bundle has format ${version}, and this verifier reads format ${formatVersion}: nothing was checked. Verify it with the release that made it`,
  );
}

function fileOf(text: string): unknown {
  const value = parsed(text);
  if (value === undefined)
    throw new Fault(
      text.trim() === ''
        ? 'this is not JSON: it is empty'
        : 'this is not JSON: it is cut off, or something else',
    );
  return value;
}

const sentence = (words: string): string => `${words[0]?.toUpperCase()}${words.slice(1)}`;

const toldOf = (issue: { path: PropertyKey[]; message: string } | undefined) =>
  `${issue?.path.join('.') || 'all of it'}: ${issue?.message}`;
