import * as z from 'zod';

const field = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,40}$/),
  /** The first byte, from 1. Optional; a given value must be the end of the field before it. */
  at: z.int().min(1).optional(),
  /** In bytes. */
  width: z.int().min(1).max(32_760),
  /**
   * `zoned` and `packed` (COMP-3) are decimal numbers with a sign; `digits` is an unsigned number
   * as text, padded with zeros.
   */
  as: z.enum(['text', 'zoned', 'packed', 'digits']),
  /** The place of the value in the source document: `{item.id}`. */
  from: z
    .string()
    .regex(/^\{[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*\}$/)
    .optional(),
  /** A constant, instead of `from`. */
  value: z.union([z.string(), z.int()]).optional(),
  /** Implied decimal places: with 2, 12.34 is written as 1234. */
  decimals: z.int().min(0).max(9).default(0),
  signed: z.boolean().default(false),
  /** The padding of a text, on its right. */
  pad: z.string().length(1).default(' '),
  /** A text that may be missing: the field is then all padding. */
  optional: z.boolean().default(false),
});

/**
 * A file of fixed-length records, as data: a header, any number of records, a trailer with their
 * count and sum. The first field of each tells the three kinds apart. `newline`: each record ends
 * in one (0x15 in EBCDIC), which the widths do not count.
 */
export const layout = z
  .strictObject({
    encoding: z.enum(['cp037', 'ascii']),
    newline: z.boolean().default(false),
    header: z.array(field).min(1),
    record: z.array(field).min(1),
    trailer: z.array(field).min(1),
  })
  .superRefine((all, context) => {
    for (const kind of kinds)
      check(kind, all[kind], (at, message) =>
        context.addIssue({ code: 'custom', path: [kind, ...at], message }),
      );
    apart(all, (path, message) => context.addIssue({ code: 'custom', path, message }));
  });

export type Layout = z.output<typeof layout>;
export type Field = z.output<typeof field>;

export const kinds = ['header', 'record', 'trailer'] as const;
export type Kind = (typeof kinds)[number];

/**
 * The mandatory fields of every file and their types. They tell a repeat, yesterday's file and
 * half a file apart.
 */
const due: Record<Kind, Record<string, Partial<Record<keyof Field, unknown[]>>>> = {
  header: {
    type: { as: ['text'] },
    kind: { as: ['text'], width: [8], from: ['{kind}'] },
    token: { as: ['text'], width: [32], from: ['{token}'] },
    sequence: { as: ['digits'], width: [16], from: ['{sequence}'] },
    created: { as: ['text'], width: [16], from: ['{created}'] },
  },
  record: {
    type: { as: ['text'] },
    id: { as: ['text'], from: ['{item.id}'], optional: [false] },
    amount_minor: { as: ['zoned', 'packed'], signed: [true], decimals: [0], from: ['{item.amount_minor}'] },
  },
  trailer: {
    type: { as: ['text'] },
    count: { as: ['zoned', 'packed', 'digits'], decimals: [0], from: ['{count}'] },
    amount_minor: { as: ['zoned', 'packed'], signed: [true], decimals: [0], from: ['{amount_minor}'] },
  },
};

type Wrong = (path: (string | number)[], message: string) => void;

function check(kind: Kind, fields: Field[], wrong: Wrong) {
  for (const [name, claims] of Object.entries(due[kind])) {
    const at = fields.findIndex((field) => field.name === name);
    if (at < 0) wrong([], `The ${kind} needs a field "${name}"`);
    for (const [claim, allowed] of at < 0 ? [] : Object.entries(claims))
      if (!allowed.includes(fields[at]![claim as keyof Field]))
        wrong([at, claim], `"${name}" of the ${kind} must have ${allowed.join(' or ')} here`);
  }
  if (fields[0]!.name !== 'type') wrong([0, 'name'], `The ${kind} must begin with the field "type"`);
  let end = 1;
  for (const [index, field] of fields.entries()) {
    if (fields.findIndex(({ name }) => name === field.name) < index)
      wrong([index, 'name'], `"${field.name}" is there twice`);
    if (field.at !== undefined && field.at !== end) wrong([index, 'at'], `"${field.name}" begins at ${end}`);
    end += field.width;
    for (const [claim, message] of faults(field)) wrong([index, claim], `"${field.name}" ${message}`);
  }
}

/** A JavaScript number is exact to 15 digits, so a field for arithmetic holds no more. */
function* faults({
  as,
  width,
  decimals,
  signed,
  pad,
  optional,
  from,
  value,
}: Field): Generator<[keyof Field, string]> {
  const isNumber = as === 'zoned' || as === 'packed';
  const digits = as === 'packed' ? 2 * width - 1 : width;
  if ((from === undefined) === (value === undefined))
    yield ['from', 'takes its value either from the document or from "value"'];
  if (isNumber && digits > 15)
    yield ['width', 'can hold a number that is not exact here: 15 digits are the most'];
  if (decimals > 0 && !isNumber) yield ['decimals', 'is no decimal number'];
  if (decimals > digits) yield ['decimals', 'has more decimals than digits'];
  if (signed && !isNumber) yield ['signed', 'has no sign'];
  if (as !== 'text' && pad !== ' ') yield ['pad', 'is no text'];
  if (as !== 'text' && optional) yield ['optional', 'is no text'];
  if (optional && value !== undefined) yield ['optional', 'is the same in every record'];
  if (as === 'text' && typeof value === 'number') yield ['value', 'is text'];
}

/** All three kinds have one length, and their first fields differ. */
function apart(all: Record<Kind, Field[]>, wrong: Wrong) {
  const length = (kind: Kind) => all[kind].reduce((sum, { width }) => sum + width, 0);
  for (const kind of ['header', 'trailer'] as const) {
    const last = all[kind].length - 1;
    if (length(kind) !== length('record'))
      wrong(
        [kind, last, 'width'],
        `With "${all[kind][last]!.name}" the ${kind} has ${length(kind)} bytes, a record has ${length('record')}`,
      );
    if (all[kind][0]!.width !== all.record[0]!.width)
      wrong([kind, 0, 'width'], '"type" has one width everywhere');
  }
  const words = kinds.map((kind) => all[kind][0]!.value);
  for (const [index, kind] of kinds.entries()) {
    if (typeof words[index] !== 'string')
      wrong([kind, 0, 'value'], '"type" is the same in every record of its kind');
    else if (words.indexOf(words[index]) < index)
      wrong([kind, 0, 'value'], 'Another kind of record has this "type"');
  }
}
