import type { Mutant } from '#test/simulation/engine/plant.ts';

const owed = '(leftSomething(sync, system) || isUnheard(sync, system))';

/** Bugs that a later hand might write into syncs. */
export const mutants: Mutant[] = [
  {
    story: 'what was never asked is taken back as well',
    pins: [{ in: 'owesRollback', code: `${owed} &&`, by: '' }],
  },
  {
    story: 'a refusal is rolled back, and no abort is written',
    pins: [
      {
        in: 'judgePrepare',
        code: 'if (refused) return {',
        by: 'if (refused) return { wait: [] }; if (refused) return {',
      },
      {
        in: 'conduct',
        code: 'if (!isOpen || round.answers.some(',
        by: `if (isOpen && round.answers.some(({ vote }) => vote.vote === 'no'))
          return { ...conducting, next: 'rollback', seconds: 0 };
        if (!isOpen || round.answers.some(`,
      },
      {
        in: 'rollback',
        code: "decision !== undefined && decision.to !== 'commit'",
        by: "decision?.to !== 'commit'",
      },
    ],
  },
  {
    story: 'a call that nobody has answered in time counts as a no',
    pins: [
      {
        in: 'outageVote',
        code: 'const { retryAfterMs: pauseMs } = reached ?? {};',
        by: "if (reached) return { vote: 'no', reason }; const { retryAfterMs: pauseMs } = reached ?? {};",
      },
    ],
  },
  {
    story: 'a repeat is a new call, with a key of its own',
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
    story: 'votes that come after the deadline still decide',
    pins: [
      {
        in: 'judgePrepare',
        code: 'if (at >= known.deadline) return',
        by: 'if (!ready && at >= known.deadline) return',
      },
    ],
  },
  {
    story: 'votes that have run out still decide',
    pins: [
      { in: 'judgePrepare', code: 'if (ready && at >= until) return', by: 'if (ready && at < 0) return' },
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
    story: 'a definite answer is replaced by a lesser one',
    pins: [{ in: 'merged', code: 'if (keeps) return', by: 'if (keeps && isDefinite(vote)) return' }],
  },
  {
    story: 'an execution of before goes on deciding',
    pins: [
      {
        in: 'judgeRound',
        code: 'if (mayAct(sync, phase, epoch))',
        by: "if (mayAct(sync, phase, phase.name === 'prepare' ? sync.epoch : epoch))",
      },
    ],
  },
  {
    story: 'what cannot be undone is asked together with the others',
    pins: [
      {
        in: 'nextCalls',
        code: 'const ask = !isForward(name) ?',
        by: "const ask = name !== 'prepare' ?",
      },
    ],
  },
  {
    story: 'a call that cannot be repeated is made without an intent',
    pins: [
      {
        in: 'commit',
        code: "isSealed: ({ idempotent, undo }) => idempotent === 'none' || undo === 'none'",
        by: 'isSealed: () => false',
      },
    ],
  },
  {
    story: 'two tenants that choose one token are one to the outside',
    pins: [
      {
        in: 'outsideTokenOf',
        code: 'uuid5(uuid5(lockstep, tenant), syncId)',
        by: "uuid5(uuid5(lockstep, tenant && 'all'), syncId)",
      },
    ],
  },
  {
    story: 'a rollback does not wait for what may still be under way',
    pins: [
      { in: 'settledAt', code: 'return waits.length === 0 ? at :', by: 'return waits.length >= 0 ? at :' },
    ],
  },
  {
    story: 'a lost call is asked about at once',
    pins: [
      {
        in: 'inDoubt',
        code: 'if (now < intent.notAfter +',
        by: 'if (now < 0 && now < intent.notAfter +',
      },
    ],
  },
  {
    story: 'a yes that comes after the end is only noted',
    pins: [{ in: 'learnt', code: '? reopened(known, at, limits)', by: '? { sync: known }' }],
  },
  {
    story: 'who may have been asked by somebody who died is not rolled back',
    pins: [{ in: 'owesRollback', code: owed, by: 'leftSomething(sync, system)' }],
  },
];
