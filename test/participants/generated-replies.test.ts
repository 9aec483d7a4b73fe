import { describe, expect, it } from 'vitest';
import { voteFromReply } from '#domain/participants/lines/http/votes.ts';
import { verdictFrom } from '#lib/outside/verdict.ts';
import type { Reply, Vote } from '#systems/protocol.ts';
import { answer, asked, outsideToken } from './answers-by-manifest.ts';
import { replyCases } from './reply-cases.ts';
import { type ReplyCase, type Verdict, verdictOf } from './reply-oracle.ts';

const manifestFor = ({ echo, declared }: ReplyCase) => ({
  ...(echo !== 'undeclared' && { echo: answer.echo }),
  ...(declared && { field: answer.field, means: answer.means }),
  codes: { mismatch: 'no', running: 'ongoing', locked: 'unknown' } as const,
});
const told = (vote: Vote): Verdict => (vote.vote === 'no' && vote.absent ? 'absent' : vote.vote);
const asks = new Map<string, ReturnType<typeof asked>>();
const askFor = (reply: ReplyCase) => {
  const key = `${reply.echo} ${reply.declared}`;
  const ask = asks.get(key) ?? asked(manifestFor(reply));
  asks.set(key, ask);
  return ask;
};
const cases = [...replyCases()];

describe('an answer of an outside system, over every combination of its parts', () => {
  it('is the vote that the documentation says', () => {
    const wrong = cases.filter(
      (each) => told(voteFromReply(each as Reply, askFor(each), 'commit')) !== verdictOf(each),
    );
    expect(wrong.slice(0, 3).map((each) => ({ ...each, due: verdictOf(each) }))).toEqual([]);
    const counts = Object.groupBy(cases, verdictOf);
    process.stdout.write(`${cases.length} generated replies: 0 misread\n`);
    expect(cases.length).toBeGreaterThanOrEqual(20_000);
    for (const verdict of ['yes', 'no', 'absent', 'ongoing', 'unknown'] as const)
      expect(counts[verdict]?.length, verdict).toBeGreaterThan(100);
  });

  it('to a payment is taken for a yes or a no only where it would be one in a sync', () => {
    const reading = (each: ReplyCase): Verdict => {
      const system = askFor(each).system;
      try {
        return verdictFrom(each as Reply, system, 'commit', outsideToken) ? 'yes' : 'no';
      } catch {
        return 'unknown';
      }
    };
    const due = { yes: 'yes', no: 'no', absent: 'no', ongoing: 'unknown', unknown: 'unknown' } as const;
    const wrong = cases.filter((each) => reading(each) !== due[verdictOf(each)]);
    expect(wrong.slice(0, 3)).toEqual([]);
  });
});
