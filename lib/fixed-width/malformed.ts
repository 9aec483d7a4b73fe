/** Faults of a value, record or file. The other side reads these codes: never rename one. */
const faults = {
  missing: 'the field has no value',
  type: 'the value has another type than its field',
  overflow: 'the value is too large for its field',
  negative: 'a negative value in a field without a sign',
  precision: 'the value has more decimals than its field',
  padding: 'the text ends with the padding character, and would decode shorter',
  character: 'a character that the encoding does not have',
  encoding: 'the bytes are in another encoding',
  digit: 'not a digit',
  sign: 'not a sign of this field',
  constant: 'not the constant of this field',
  'record-type': 'neither header nor record nor trailer',
  short: 'the record is too short',
  long: 'the record is too long',
  newline: 'the record and its line end at different places',
  'no-header': 'the file does not begin with a header',
  'second-header': 'there are two headers',
  'no-trailer': 'the file ends without a trailer',
  'second-trailer': 'there are two trailers',
  'behind-trailer': 'data follows the trailer',
  count: 'the count in the trailer is wrong',
  sum: 'the sum in the trailer is wrong',
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
