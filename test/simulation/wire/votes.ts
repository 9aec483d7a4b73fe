import { voteFromReply } from '#domain/participants/lines/http/votes.ts';
import { verdictFrom } from '#lib/outside/verdict.ts';
import type { Reply } from '#systems/protocol.ts';
import { answer, asked, outsideToken } from '#test/participants/answers-by-manifest.ts';
import { replyCases } from '#test/participants/reply-cases.ts';
import { type ReplyCase, type Verdict, verdictOf } from '#test/participants/reply-oracle.ts';
import { randomFrom } from '#test/simulation/engine/random.ts';
import type { Simulator } from '#test/simulation/engine/simulator.ts';

const asks = new Map<string, ReturnType<typeof asked>>();

/** The call whose manifest says of answers what the case needs. */
function askFor({ echo, declared }: ReplyCase) {
  const key = `${echo} ${declared}`;
  const ask =
    asks.get(key) ??
    asked({
      ...(echo !== 'undeclared' && { echo: answer.echo }),
      ...(declared && { field: answer.field, means: answer.means }),
      codes: { mismatch: 'no', running: 'ongoing', locked: 'unknown' },
    });
  asks.set(key, ask);
  return ask;
}

function voteOn(reply: ReplyCase): Verdict {
  const vote = voteFromReply(reply as Reply, askFor(reply), 'commit');
  return vote.vote === 'no' && vote.absent ? 'absent' : vote.vote;
}

function paymentOn(reply: ReplyCase): Verdict {
  try {
    return verdictFrom(reply as Reply, askFor(reply).system, 'commit', outsideToken) ? 'yes' : 'no';
  } catch {
    return 'unknown';
  }
}

/** A payment knows only yes, no and outages. */
const ofPayment = { yes: 'yes', no: 'no', absent: 'no', ongoing: 'unknown', unknown: 'unknown' } as const;

/** What the two readers make of an answer, where that is not what the documentation says. */
export function misreadings(reply: ReplyCase): string[] {
  const due = verdictOf(reply);
  const [vote, payment] = [voteOn(reply), paymentOn(reply)];
  const shown = `${reply.status} ${JSON.stringify(reply.body)}`;
  return [
    ...(vote === due ? [] : [`a sync reads ${shown} as ${vote}, not ${due}`]),
    ...(payment === ofPayment[due] ? [] : [`a payment reads ${shown} as ${payment}, not ${ofPayment[due]}`]),
  ];
}

const cases = [...replyCases()];
type Tally = { replies: number };

/** One answer of the generated ones, chosen by the seed. */
export const simulator: Simulator<{ violations: string[] }, Tally> = {
  history: async (seed) => ({ violations: misreadings(randomFrom(seed).pick(cases)) }),
  emptyTally: () => ({ replies: 0 }),
  tally(sum) {
    sum.replies += 1;
  },
  lines: ({ violations }) => violations,
};
