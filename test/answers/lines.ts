import { type AnswerSet, anyRoute, ofTheMachine } from './set.ts';

/** Whether an answer is missing because the machine was idle, which says nothing of the product. */
export const isOfTheMachine = ({ kind, text }: Line): boolean =>
  kind === 'answer' && text === `${anyRoute} → ${ofTheMachine}`;

export type Line = { kind: 'answer' | 'header' | 'field' | 'word' | 'text'; text: string };
/** A set as lines, one for each thing that a caller could rely on. Names of path parameters are no such thing. */
export function linesOf({ answers }: AnswerSet): Line[] {
  const lines: Line[] = [];
  for (const [named, statuses] of Object.entries(answers))
    for (const [status, kind] of Object.entries(statuses)) {
      const answer = `${named.replaceAll(/\{\w+\}/g, '{}')} → ${status}`;
      lines.push({ kind: 'answer', text: answer });
      for (const [list, one] of [
        ['headers', 'header'],
        ['fields', 'field'],
        ['words', 'word'],
        ['texts', 'text'],
      ] as const)
        for (const [at, values] of Object.entries(kind[list]))
          for (const value of values)
            lines.push({ kind: one, text: `${answer}: ${one} ${at || '(whole)'} = ${value}` });
    }
  return lines;
}
