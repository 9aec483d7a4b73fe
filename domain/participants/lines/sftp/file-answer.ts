import type { Refused, RemoteFiles, Totals, Vote } from '#systems/protocol.ts';
import type { OutboundFile } from './outbound-file.ts';

/** The system's answer to a file. `unreadable`: an answer that cannot be relied on. */
export type FileAnswer =
  | { status: 'accepted'; totals: Totals }
  | { status: 'rejected'; reason: string; items?: Refused[] }
  | { status: 'unreadable'; why: string };

const longestBytes = 4_096;

/** Reads the answer beside a file; undefined while there is none. */
export async function readFileAnswer(
  load: OutboundFile,
  files: RemoteFiles,
): Promise<FileAnswer | undefined> {
  const chunks = await files.read(load.rsp);
  if (!chunks) return undefined;
  let text = '';
  for await (const chunk of chunks) {
    text += Buffer.from(chunk).toString('latin1');
    if (text.length > longestBytes) return { status: 'unreadable', why: 'its answer file is too long' };
  }
  return read(text, load);
}

/**
 * One whole line of `key=value`: a truncated line may say less than was meant. Only an answer that
 * names this very file counts.
 */
function read(text: string, { outsideToken, kind, sequence }: OutboundFile): FileAnswer {
  const unreadable = (why: string): FileAnswer => ({ status: 'unreadable', why });
  const line = /^([a-z_]+=[\x21-\x7e]*(?: [a-z_]+=[\x21-\x7e]*)*)\r?\n$/.exec(text)?.[1];
  if (line === undefined) return unreadable('its answer file cannot be read');
  const pairs = line.split(' ');
  const said = new Map(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  if (said.size < pairs.length) return unreadable('its answer says something twice');
  if (said.get('token') !== outsideToken || said.get('kind') !== kind)
    return unreadable('its answer names another file');
  if (said.get('status') === 'REJECTED') return rejected(said);
  const numbers = ['count', 'amount_minor'].map((name) => said.get(name) ?? '');
  const [count = Number.NaN, amount_minor = Number.NaN] = numbers.map((each) =>
    /^-?\d{1,15}$/.test(each) ? Number(each) : Number.NaN,
  );
  if (said.get('status') !== 'ACCEPTED' || Number.isNaN(count + amount_minor))
    return unreadable('its answer file has an unknown status or no totals');
  if (said.get('sequence') !== sequence) return unreadable('its answer names another file');
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

/** The totals in the answer must match those sent. */
export const agrees = (
  { totals }: Extract<FileAnswer, { status: 'accepted' }>,
  load: OutboundFile,
): boolean => totals.count === load.totals.count && totals.amount_minor === load.totals.amount_minor;

/**
 * The answer as a vote. Totals are those of the batch, even where a reversal negates the amounts.
 */
export function voteFromFile(answer: FileAnswer, load: OutboundFile): Vote {
  if (answer.status === 'unreadable') return unknownVote(answer.why);
  if (answer.status === 'rejected') {
    const { reason, items } = answer;
    // A reversal follows only an accepted file, so `not-found` contradicts that answer.
    if (load.kind === 'REVERSAL' && reason === 'not-found')
      return unknownVote('it cannot find a file that it has accepted');
    return { vote: 'no', reason, ...(items && { items }) };
  }
  return agrees(answer, load)
    ? { vote: 'yes', totals: batchTotals(load) }
    : unknownVote('its totals differ from those sent');
}

export const batchTotals = ({ kind, totals: { count, amount_minor } }: OutboundFile): Totals => ({
  count,
  amount_minor: kind === 'LOAD' ? amount_minor : 0 - amount_minor,
});
