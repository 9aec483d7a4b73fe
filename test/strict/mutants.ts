import type { Mutant } from '#test/simulation/engine/plant.ts';

/** Bugs that a later hand might write into the strict readers. */
export const mutants: Mutant[] = [
  {
    story: 'a JSON name is looked up in the prototype, too',
    pins: [{ in: 'JsonScan', code: 'Object.hasOwn(read, name)', by: 'name in read' }],
  },
  {
    story: 'what JSON.stringify gives back is taken, with an escaped surrogate in it',
    pins: [{ in: 'readJson', code: "&& !text.includes('\\\\ud')", by: '' }],
  },
  {
    story: 'a text that parses is not compared with what was read',
    pins: [{ in: 'readJson', code: '&& JSON.stringify(value) === text', by: '' }],
  },
  {
    story: 'the digits that a double drops are not missed',
    pins: [{ in: 'sameDecimal', code: 'a.digits === b.digits', by: 'a.digits.startsWith(b.digits)' }],
  },
  {
    story: 'a number that is too small for a double is zero',
    pins: [
      { in: 'exactNumber', code: '!Number.isFinite(value)', by: '!Number.isFinite(value) || value === 0' },
    ],
  },
  {
    story: 'the 30th of February is the 1st or 2nd of March',
    pins: [
      {
        in: 'instantOf',
        code: 'date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day)',
        by: 'Number.isNaN(date.getTime())',
      },
    ],
  },
  {
    story: 'a time west of Greenwich is taken for one east of it by its minutes',
    pins: [
      {
        in: 'instantOf',
        code: "(Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)",
        by: "Number(hours) * 60 * (sign === '-' ? -1 : 1) + Number(minutes)",
      },
    ],
  },
  {
    story: 'free text is counted in UTF-16 units',
    pins: [{ in: 'text', code: 'Buffer.byteLength(given) <= most', by: 'given.length <= most' }],
  },
  {
    story: 'a file that begins with a mark is counted from behind it',
    pins: [{ in: 'fileText', code: '+ (marked ? 3 : 0)', by: '' }],
  },
  {
    story: 'of two Idempotency-Keys the last one counts, if both can be read',
    pins: [{ in: 'keyOf', code: 'idempotencyKey(each) !== key', by: "idempotencyKey(each) === ''" }],
  },
  {
    story: 'a digest covers half of a surrogate pair',
    pins: [{ in: 'quoted', code: '!text.isWellFormed()', by: 'text.length < 0' }],
  },
];
