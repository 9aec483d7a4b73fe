import type { Mutant } from '#test/simulation/engine/plant.ts';

const owed = '(leftSomething(sync, system) || isUnheard(sync, system))';

/** Bugs that a later change might bring into syncs. */
export const mutants: Mutant[] = [
  {
    story: 'a system that was never called is rolled back',
    pins: [{ in: 'owesRollback', code: `${owed} &&`, by: '' }],
  },
  {
    story: 'a refusal is rolled back without a written abort',
    pins: [
      {
        in: 'afterPrepare',
        code: 'if (refused) return aborted(',
        by: 'if (refused) return { sync: known }; if (refused) return aborted(',
      },
      {
        in: 'prepareSync',
        code: 'const unknown = round.answers.filter(',
        by: `if (round.answers.some(({ vote }) => vote.vote === 'no'))
          return { ...conducting, next: 'rollback', seconds: 0 };
        const unknown = round.answers.filter(`,
      },
      {
        in: 'mayAct',
        code: "sync.decision !== undefined && sync.decision.to !== 'commit'",
        by: "sync.decision?.to !== 'commit'",
      },
    ],
  },
  {
    story: 'a call without an answer in time counts as a no',
    pins: [
      {
        in: 'outageVote',
        code: 'const { retryAfterMs: pauseMs } = reached ?? {};',
        by: "if (reached) return { vote: 'no', reason }; const { retryAfterMs: pauseMs } = reached ?? {};",
      },
    ],
  },
  {
    story: 'a repeat gets a key of its own',
    pins: [
      // biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is the product's text
      {
        in: 'callKey',
        code: '`${outsideToken}:${system}:${phase}:0`',
        by: '`${outsideToken}:${system}:${phase}:0`.concat(String(Math.random()))',
      },
      // biome-ignore-end lint/suspicious/noTemplateCurlyInString: it is the product's text
    ],
  },
  {
    story: 'votes after the deadline still decide',
    pins: [
      {
        in: 'afterPrepare',
        code: 'if (at >= known.deadline) return',
        by: 'if (!ready && at >= known.deadline) return',
      },
    ],
  },
  {
    story: 'expired votes still decide',
    pins: [
      { in: 'afterPrepare', code: 'if (ready && at >= until) return', by: 'if (ready && at < 0) return' },
    ],
  },
  {
    story: 'any answer to a commit is a yes',
    pins: [
      {
        in: 'voteFromReply',
        code: 'const { system, outsideToken } = ask;',
        by: "if (phase === 'commit') return { vote: 'yes' }; const { system, outsideToken } = ask;",
      },
    ],
  },
  {
    story: 'a definite answer is replaced by an indefinite one',
    pins: [{ in: 'merged', code: 'if (keeps) return', by: 'if (keeps && isDefinite(vote)) return' }],
  },
  {
    story: 'an execution of an older epoch still decides',
    pins: [
      {
        in: 'afterPrepare',
        code: "if (sync.decision || sync.epoch !== epoch || sync.state === 'parked')",
        by: "if (sync.decision || sync.state === 'parked')",
      },
    ],
  },
  {
    story: 'a system that cannot be undone is called with the others',
    pins: [
      {
        in: 'nextCalls',
        code: "const ask = phase === 'rollback' ?",
        by: "const ask = phase !== 'prepare' ?",
      },
    ],
  },
  {
    story: 'a call that cannot be repeated is made without an intent',
    pins: [
      {
        in: 'isSealed',
        code: "if (phase === 'commit') return idempotent === 'none' || undo === 'none';",
        by: "if (phase === 'commit') return false;",
      },
    ],
  },
  {
    story: 'two tenants with one syncId share an outsideToken',
    pins: [
      {
        in: 'outsideTokenOf',
        code: 'uuid5(uuid5(lockstep, tenant), syncId)',
        by: "uuid5(uuid5(lockstep, tenant && 'all'), syncId)",
      },
    ],
  },
  {
    story: 'a rollback does not wait for calls in progress',
    pins: [
      { in: 'settledAt', code: 'return waits.length === 0 ? at :', by: 'return waits.length >= 0 ? at :' },
    ],
  },
  {
    story: 'a lost call is queried at once',
    pins: [
      {
        in: 'inDoubt',
        code: 'if (now < intent.notAfter +',
        by: 'if (now < 0 && now < intent.notAfter +',
      },
    ],
  },
  {
    story: 'a yes after the end is only recorded',
    pins: [{ in: 'learnt', code: '? reopened(known, at, limits)', by: '? { sync: known }' }],
  },
  {
    story: 'a call of a crashed conductor is not rolled back',
    pins: [{ in: 'owesRollback', code: owed, by: 'leftSomething(sync, system)' }],
  },
];
