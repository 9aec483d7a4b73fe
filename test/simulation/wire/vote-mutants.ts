import type { Mutant } from '#test/simulation/engine/plant.ts';

/** Bugs in the reading of a partner's answer. */
export const votes: Mutant[] = [
  {
    story: 'an error is overlooked in a 2xx',
    pins: [
      {
        in: 'partsOf',
        code: 'else if (error && status !== 409',
        by: 'else if (error && status >= 300 && status !== 409',
      },
    ],
  },
  {
    story: 'of an answer that contradicts itself the first part decides',
    pins: [{ in: 'readAnswer', code: 'if (sides.size > 1) return', by: 'if (sides.size > 2) return' }],
  },
  {
    story: 'a conflict is a refusal, whatever its code',
    pins: [
      { in: 'partsOf', code: 'error && status !== 409', by: 'error' },
      { in: 'silent', code: 'if (status === 409) return', by: 'if (status === 0) return' },
    ],
  },
  {
    story: 'errors by field are no errors',
    pins: [
      {
        in: 'errorIn',
        code: '[body.error, body.errors]',
        by: '[body.error, Array.isArray(body.errors) ? body.errors : undefined]',
      },
    ],
  },
  {
    story: 'an error that says nothing is an error',
    pins: [{ in: 'isEmptyError', code: 'nothing.includes(error.trim().toLowerCase())', by: "error === ''" }],
  },
  {
    story: 'a system at work is only believed with a 2xx',
    pins: [
      {
        in: 'readAnswer',
        code: "if (side === 'ongoing') return",
        by: "if (side === 'ongoing' && !saysNothing(status)) return",
      },
    ],
  },
];
