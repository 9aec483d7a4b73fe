import { type AnswerSet, type Line, linesOf } from './set.ts';

/**
 * The difference of two sets. `broken`: answers, headers, fields and types that came or went, and
 * new words. `wording`: titles and details. `unseen`: words and rare facts that this run did not
 * reach.
 */
export type Difference = { broken: string[]; wording: string[]; unseen: string[] };

/** Compares what a caller could rely on before with the new set. */
export function difference(before: AnswerSet, now: AnswerSet): Difference {
  const [old, fresh] = [linesOf(before), linesOf(now)];
  const [known, met] = [textsOf(old), textsOf(fresh)];
  const rare = new Set([...before.rare, ...now.rare]);
  const found: Difference = { broken: [], wording: [], unseen: [] };
  const gone = old.filter(({ text }) => !met.has(text));
  const added = fresh.filter(({ text }) => !known.has(text));
  const lost = gone.filter(({ kind }) => kind === 'answer').map(({ text }) => text);
  const gained = added.filter(({ kind }) => kind === 'answer').map(({ text }) => text);
  for (const line of gone) {
    if (isPartOf(line, lost)) continue;
    const softly = rare.has(line.text) || line.kind === 'word';
    found[line.kind === 'text' ? 'wording' : softly ? 'unseen' : 'broken'].push(`- ${line.text}`);
  }
  for (const line of added) {
    if (isPartOf(line, gained)) continue;
    const softly = rare.has(line.text);
    found[line.kind === 'text' ? 'wording' : softly ? 'unseen' : 'broken'].push(`+ ${line.text}`);
  }
  const byAnswer = (a: string, b: string) => (a.slice(2) < b.slice(2) ? -1 : 1);
  for (const list of Object.values(found)) list.sort(byAnswer);
  return found;
}

const textsOf = (lines: Line[]) => new Set(lines.map(({ text }) => text));
/** An answer that came or went as a whole is listed once, without its headers and fields. */
const isPartOf = ({ kind, text }: Line, answers: string[]): boolean =>
  kind !== 'answer' && answers.some((answer) => text.startsWith(`${answer}: `));

/** The difference as text for a reviewer: breaking changes first, changed wording last. */
export const shown = ({ broken, wording, unseen }: Difference): string =>
  [
    section('Answers, headers, fields and words that differ', broken),
    section('Titles, details and other texts that differ', wording),
    section('Not met in one of the runs', unseen),
  ].join('\n\n');

const section = (title: string, lines: string[]): string =>
  `${title}: ${lines.length || 'none'}${lines.map((line) => `\n  ${line}`).join('')}`;
