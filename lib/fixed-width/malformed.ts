/** Faults of a value, record or file. The other side reads these codes: never rename one. */
const faults = {
  missing: 'there is no value for it',
  type: 'the value is not of its kind',
  overflow: 'the value is too large for it',
  negative: 'a negative value where no sign is',
  precision: 'the value has more decimals',
  padding: 'the text ends as padding does, and would come back shorter',
  character: 'a character that has no place in this encoding',
  encoding: 'another encoding is due',
  digit: 'not a digit',
  sign: 'not the sign that is due',
  constant: 'another value is due here',
  'record-type': 'neither header nor record nor trailer',
  short: 'the record is too short',
  long: 'the record is too long',
  newline: 'the record does not end where its line ends',
  'no-header': 'the file does not begin with a header',
  'second-header': 'there are two headers',
  'no-trailer': 'the file ends without a trailer',
  'second-trailer': 'there are two trailers',
  'behind-trailer': 'something comes behind the trailer',
  count: 'the trailer counts otherwise',
  sum: 'the trailer adds up otherwise',
} as const;
export type Fault = keyof typeof faults;

/**
 * `record` counts from 1 over the whole file, header and trailer included. Safe to log, since it
 * contains no value.
 */
export class Malformed extends Error {
  override readonly name = 'Malformed';
  readonly code: Fault;
  readonly field: string | undefined;
  readonly record: number | undefined;

  constructor(
    code: Fault,
    {
      field,
      record,
      ...options
    }: ErrorOptions & { field?: string | undefined; record?: number | undefined } = {},
  ) {
    super([record && `record ${record}`, field, faults[code]].filter(Boolean).join(': '), options);
    this.code = code;
    this.field = field;
    this.record = record;
  }
}
