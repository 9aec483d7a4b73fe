import type { Answer } from './books.ts';
import type { Named } from './names.ts';

/** The content of an answer file: one line of `key=value` pairs, separated by blanks. */
export function answerLine({ token, kind }: Pick<Named, 'token' | 'kind'>, answer: Answer): string {
  const said =
    'accepted' in answer
      ? { status: 'ACCEPTED', ...answer.accepted }
      : { status: 'REJECTED', reason: answer.refused, item: answer.item, code: answer.code };
  const pairs = Object.entries({ token, kind, ...said }).filter(([, value]) => value !== undefined);
  return `${pairs.map(([name, value]) => `${name}=${name === 'item' ? encodeURIComponent(String(value)) : value}`).join(' ')}\n`;
}
