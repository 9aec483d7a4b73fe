import * as fc from 'fast-check';
import type { Value } from '#lib/fixed-width/codec.ts';
import { type Field, type Layout, layout } from '#systems/layout.ts';

type Loose = Partial<Field> & Pick<Field, 'name' | 'width' | 'as'>;
type Spec = { encoding?: Layout['encoding']; newline?: boolean; more?: Loose[] };

const widthOf = (fields: Loose[]) => fields.reduce((sum, { width }) => sum + width, 0);
const filled = (fields: Loose[], width: number): Loose[] =>
  widthOf(fields) < width
    ? [...fields, { name: 'filler', width: width - widthOf(fields), as: 'text', value: '' }]
    : fields;

/**
 * A layout with the required fields, and `more` fields in its records that take the item's values
 * of the same names.
 */
export function layoutWith({ encoding = 'cp037', newline = false, more = [] }: Spec = {}): Layout {
  const header: Loose[] = [
    { name: 'type', width: 1, as: 'text', value: 'H' },
    { name: 'kind', width: 8, as: 'text', from: '{kind}' },
    { name: 'token', width: 32, as: 'text', from: '{token}' },
    { name: 'sequence', width: 16, as: 'digits', from: '{sequence}' },
    { name: 'created', width: 16, as: 'text', from: '{created}' },
  ];
  const record: Loose[] = [
    { name: 'type', width: 1, as: 'text', value: 'P' },
    { name: 'id', width: 32, as: 'text', from: '{item.id}' },
    { name: 'amount_minor', width: 6, as: 'packed', signed: true, from: '{item.amount_minor}' },
    ...more.map((field) => ({ from: `{item.${field.name}}`, ...field })),
  ];
  const trailer: Loose[] = [
    { name: 'type', width: 1, as: 'text', value: 'T' },
    { name: 'count', width: 9, as: 'digits', from: '{count}' },
    { name: 'amount_minor', width: 15, as: 'zoned', signed: true, from: '{amount_minor}' },
  ];
  const width = Math.max(widthOf(header), widthOf(record));
  return layout.parse({
    encoding,
    newline,
    header: filled(header, width),
    record: filled(record, width),
    trailer: filled(trailer, width),
  });
}

const latin = [
  ...Array.from({ length: 95 }, (_, at) => 32 + at),
  ...Array.from({ length: 96 }, (_, at) => 160 + at),
];
const letters = { cp037: latin, ascii: latin.slice(0, 95) };

function numberFor({ signed, decimals }: Field, digits: number) {
  const max = 10 ** digits - 1;
  const least = signed ? -max : 0;
  return fc
    .oneof(fc.constantFrom(0, max, least, 1), fc.integer({ min: least, max }))
    .map((whole) => whole / 10 ** decimals + 0);
}

function textFor({ width, pad }: Field, encoding: Layout['encoding']) {
  const unit = fc.constantFrom(...letters[encoding].map((code) => String.fromCharCode(code)));
  const last = fc.constantFrom(
    ...letters[encoding].map((code) => String.fromCharCode(code)).filter((letter) => letter !== pad),
  );
  const full = fc
    .tuple(fc.string({ unit, minLength: width - 1, maxLength: width - 1 }), last)
    .map((parts) => parts.join(''));
  const shorter = fc.string({ unit, maxLength: width }).map((text) => (text.endsWith(pad) ? '' : text));
  return fc.oneof(full, shorter, fc.constant(''));
}

/** Every value that fits a field, with extreme values often. */
export function valueFor(field: Field, encoding: Layout['encoding']): fc.Arbitrary<Value> {
  if (field.as === 'text') return textFor(field, encoding);
  if (field.as === 'packed') return numberFor(field, 2 * field.width - 1);
  if (field.as === 'zoned' || field.width <= 15) return numberFor(field, field.width);
  return fc.string({
    unit: fc.constantFrom(...'0123456789'),
    minLength: field.width,
    maxLength: field.width,
  });
}

const number = fc.record({
  width: fc.integer({ min: 1, max: 8 }),
  decimals: fc.integer({ min: 0, max: 1 }),
  signed: fc.boolean(),
});
const oneField: fc.Arbitrary<Omit<Loose, 'name'>> = fc.oneof(
  number.map((field) => ({ ...field, as: 'packed' as const })),
  number.map(({ width, ...field }) => ({ ...field, width: 2 * width - 1, as: 'zoned' as const })),
  fc.integer({ min: 1, max: 24 }).map((width) => ({ width, as: 'digits' as const })),
  fc
    .record({ width: fc.integer({ min: 1, max: 40 }), pad: fc.constantFrom(' ', '*') })
    .map((field) => ({ ...field, as: 'text' as const })),
);

/** Any layout: fields of every kind and width, in both encodings, with newlines and without. */
export const anyLayout: fc.Arbitrary<Layout> = fc
  .record({
    encoding: fc.constantFrom<Layout['encoding']>('cp037', 'ascii'),
    newline: fc.boolean(),
    more: fc
      .array(oneField, { minLength: 1, maxLength: 6 })
      .map((fields) => fields.map((field, at) => ({ ...field, name: `f${at}` }))),
  })
  .map(layoutWith);

/** An item for the records of a layout. */
export const itemFor = ({ record, encoding }: Layout): fc.Arbitrary<Record<string, Value>> =>
  fc.record(
    Object.fromEntries(
      record
        .filter(({ from }) => from !== undefined)
        .map((field) => [field.name, valueFor(field, encoding)] as const),
    ),
  );
