import type { Mutant } from '#test/simulation/mutants.ts';

const decide = 'domain/syncs/decide.ts';
const ask = 'domain/syncs/ask.ts';
const reverse = 'domain/syncs/reverse.ts';

/** Bugs that a later hand might write into syncs. */
export const mutants: Mutant[] = [
  {
    story: 'what was never asked is taken back as well',
    file: reverse,
    edits: [['(leftSomething(sync, system) || isUnheard(sync, system)) && ', '']],
  },
  {
    story: 'a refusal is rolled back, and no abort is written',
    file: decide,
    edits: [
      [
        'if (refused) return aborted(known, `',
        'if (refused) return { sync: known };\n    if (refused) return aborted(known, `',
      ],
    ],
    also: [
      {
        file: 'domain/syncs/conductors.ts',
        edits: [
          [
            "  const unknown = round.answers.filter(({ vote }) => vote.vote === 'unknown');",
            "  if (round.answers.some(({ vote }) => vote.vote === 'no')) return { ...conducting, next: 'rollback', seconds: 0 };\n  const unknown = round.answers.filter(({ vote }) => vote.vote === 'unknown');",
          ],
        ],
      },
      {
        file: 'domain/syncs/conduct.ts',
        edits: [
          ["sync.decision !== undefined && sync.decision.to !== 'commit'", "sync.decision?.to !== 'commit'"],
        ],
      },
    ],
  },
  {
    story: 'a call that nobody has answered in time counts as a no',
    file: 'domain/participants/unknown-by.ts',
    edits: [
      [
        '  const { retryAfterMs: pauseMs } = reached ?? {};',
        "  if (reached) return { vote: 'no', reason };\n  const { retryAfterMs: pauseMs } = reached ?? {};",
      ],
    ],
  },
  {
    story: 'a repeat is a new call, with a key of its own',
    file: 'domain/syncs/token.ts',
    edits: [[':0`;', ':0`.concat(String(Math.random()));']],
  },
  {
    story: 'votes that come after the deadline still decide',
    file: decide,
    edits: [['if (at >= known.deadline) return', 'if (!ready && at >= known.deadline) return']],
  },
  {
    story: 'votes that have run out still decide',
    file: decide,
    edits: [['if (ready && at >= until) return', 'if (ready && at < 0) return']],
  },
  {
    story: 'any answer to a commit is a yes',
    file: 'domain/participants/votes.ts',
    edits: [
      [
        'export function voteFrom({ status, body }: Reply, ask: Ask, phase: Phase): Vote {',
        "export function voteFrom({ status, body }: Reply, ask: Ask, phase: Phase): Vote {\n  if (phase === 'commit') return { vote: 'yes' };",
      ],
    ],
  },
  {
    story: 'a definite answer is replaced by a lesser one',
    file: 'domain/syncs/fold.ts',
    edits: [['if (keeps) return', 'if (keeps && isDefinite(vote)) return']],
  },
  {
    story: 'an execution of before goes on deciding',
    file: decide,
    edits: [
      [
        "if (sync.decision || sync.epoch !== epoch || sync.state === 'parked')",
        "if (sync.decision || sync.state === 'parked')",
      ],
    ],
  },
  {
    story: 'what cannot be undone is asked together with the others',
    file: ask,
    edits: [["const ask = phase === 'rollback' ?", "const ask = phase !== 'prepare' ?"]],
  },
  {
    story: 'a call that cannot be repeated is made without an intent',
    file: reverse,
    edits: [
      [
        "if (phase === 'commit') return idempotent === 'none' || undo === 'none';",
        "if (phase === 'commit') return false;",
      ],
    ],
  },
  {
    story: 'two tenants that choose one token are one to the outside',
    file: 'domain/syncs/token.ts',
    edits: [['uuid5(uuid5(lockstep, tenant), token)', "uuid5(uuid5(lockstep, tenant && 'all'), token)"]],
  },
  {
    story: 'a rollback does not wait for what may still be under way',
    file: decide,
    edits: [['return waits.length === 0 ? at :', 'return waits.length >= 0 ? at :']],
  },
  {
    story: 'a lost call is asked about at once',
    file: ask,
    edits: [['if (now < intent.notAfter +', 'if (now < 0 && now < intent.notAfter +']],
  },
  {
    story: 'a yes that comes after the end is only noted',
    file: decide,
    edits: [['? reopened(known, at, limits)', '? { sync: known }']],
  },
  {
    story: 'who may have been asked by somebody who died is not rolled back',
    file: reverse,
    edits: [['(leftSomething(sync, system) || isUnheard(sync, system))', 'leftSomething(sync, system)']],
  },
];
