import type { Refused, RemoteFiles, Totals, Vote } from '#systems/protocol.ts';
import type { OutboundFile } from './outbound-file.ts';

/** What the other side says of a file. `unreadable`: it says something, and nobody can rely on it. */
export type FileAnswer =
  | { status: 'accepted'; totals: Totals }
  | { status: 'rejected'; reason: string; items?: Refused[] }
  | { status: 'unreadable'; why: string };

const longestBytes = 4_096;

/** The answer beside a file, undefined as long as there is none. */
export async function readFileAnswer(
  load: OutboundFile,
  files: RemoteFiles,
): Promise<FileAnswer | undefined> {
  const chunks = await files.read(load.rsp);
  if (!chunks) return undefined;
  let text = '';
  for await (const chunk of chunks) {
    text += Buffer.from(chunk).toString('latin1');
    if (text.length > longestBytes)
      return { status: 'unreadable', why: 'its answer is longer than any answer' };
  }
  return read(text, load);
}

/** One line of `key=value`, whole: a line that is cut off may say less than was meant. Only what names this very file counts. */
function read(text: string, { outsideToken, kind, sequence }: OutboundFile): FileAnswer {
  const unreadable = (why: string): FileAnswer => ({ status: 'unreadable', why });
  const line = /^([a-z_]+=[\x21-\x7e]*(?: [a-z_]+=[\x21-\x7e]*)*)\r?\n$/.exec(text)?.[1];
  if (line === undefined) return unreadable('its answer cannot be read');
  const said = new Map(
    line.split(' ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  if (said.get('token') !== outsideToken || said.get('kind') !== kind)
    return unreadable('answers for another file');
  if (said.get('status') === 'REJECTED') return rejected(said);
  const numbers = ['count', 'amount_minor'].map((name) => said.get(name) ?? '');
  const [count = Number.NaN, amount_minor = Number.NaN] = numbers.map((each) =>
    /^-?\d{1,15}$/.test(each) ? Number(each) : Number.NaN,
  );
  if (said.get('status') !== 'ACCEPTED' || Number.isNaN(count + amount_minor))
    return unreadable('answers in words that nobody knows');
  if (said.get('sequence') !== sequence) return unreadable('answers for another file');
  return { status: 'accepted', totals: { count, amount_minor } };
}

function rejected(said: Map<string, string>): FileAnswer {
  const code = said.get('code');
  const reason = plain(code ? `${said.get('reason')}: ${code}` : (said.get('reason') ?? 'refused'));
  const item = said.get('item');
  return { status: 'rejected', reason, ...(item && { items: [{ id: plain(item), reason }] }) };
}

const plain = (text: string): string => text.replaceAll(/[^\w .:-]/g, '').slice(0, 80);

export const unknownVote = (reason: string): Vote => ({ vote: 'unknown', reason, sent: true });

/** What they have of it must be what they were sent. */
export const agrees = (
  { totals }: Extract<FileAnswer, { status: 'accepted' }>,
  load: OutboundFile,
): boolean => totals.count === load.totals.count && totals.amount_minor === load.totals.amount_minor;

/** An answer as a vote. Totals are told as those of the batch, also where its amounts are turned round. */
export function voteFromFile(answer: FileAnswer, load: OutboundFile): Vote {
  if (answer.status === 'unreadable') return unknownVote(answer.why);
  if (answer.status === 'rejected') {
    const { reason, items } = answer;
    // Nothing is reversed but what they have said that they accepted: one of the two is not true.
    if (load.kind === 'REVERSAL' && reason === 'not-found')
      return unknownVote('cannot find what it has accepted');
    return { vote: 'no', reason, ...(items && { items }) };
  }
  return agrees(answer, load) ? { vote: 'yes', totals: batchTotals(load) } : unknownVote('says other totals');
}

export const batchTotals = ({ kind, totals: { count, amount_minor } }: OutboundFile): Totals => ({
  count,
  amount_minor: kind === 'LOAD' ? amount_minor : 0 - amount_minor,
});
