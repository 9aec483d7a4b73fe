import { expect, it } from 'vitest';
import { decoder } from '#lib/fixed-width/decode.ts';
import { encoder } from '#lib/fixed-width/encode.ts';
import { type Field, type Kind, layout } from '#systems/layout.ts';
import { layoutWith } from './layouts.ts';

const good = layoutWith({ more: [{ name: 'payee', width: 30, as: 'text', optional: true }] });
type Change = (fields: Field[]) => unknown;
const complaints = (kind: Kind, change: Change) => {
  const bad = structuredClone(good);
  change(bad[kind]);
  const { error } = layout.safeParse(bad);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
};
const field = (fields: Field[], name: string) => fields.find((each) => each.name === name)!;

it('a layout may place its fields with "at", and reads what it writes', () => {
  let end = 1;
  const record = good.record.map((field) => {
    end += field.width;
    return { ...field, at: end - field.width };
  });
  const placed = layout.parse({ ...good, record });
  const item = { id: 'a1', amount_minor: -1 };
  const bytes = encoder(placed).record({ item });
  expect([bytes.length, encoder(placed).length, decoder(placed).length]).toEqual([73, 73, 73]);
  expect(decoder(placed).record(bytes)).toMatchObject({ type: 'P', ...item, payee: '' });
});

it.each<[complaint: string, kind: Kind, change: Change]>([
  ['header: The header needs a field "token"', 'header', (fields) => (field(fields, 'token').name = 'key')],
  [
    'trailer: The trailer needs a field "count"',
    'trailer',
    (fields) => (field(fields, 'count').name = 'items'),
  ],
  [
    'header.3.width: "sequence" of the header must have 16 here',
    'header',
    (fields) => (field(fields, 'sequence').width = 15),
  ],
  [
    'record.2.as: "amount_minor" of the record must have zoned or packed here',
    'record',
    (fields) => (fields[2]!.as = 'digits'),
  ],
  [
    'record.2.signed: "amount_minor" of the record must have true here',
    'record',
    (fields) => (fields[2]!.signed = false),
  ],
  [
    'record.1.from: "id" of the record must have {item.id} here',
    'record',
    (fields) => (fields[1]!.from = '{item.name}'),
  ],
  ['record.0.name: The record must begin with the field "type"', 'record', (fields) => fields.reverse()],
  ['record.4.name: "id" is there twice', 'record', (fields) => (fields[4]!.name = 'id')],
  ['record.1.at: "id" begins at 2', 'record', (fields) => (fields[1]!.at = 1)],
  [
    'record.2.width: "amount_minor" can hold a number that is not exact here: 15 digits are the most',
    'record',
    (fields) => (fields[2]!.width = 9),
  ],
  [
    'trailer.2.width: "amount_minor" can hold a number that is not exact here: 15 digits are the most',
    'trailer',
    (fields) => (fields[2]!.width = 16),
  ],
  ['record.3.decimals: "payee" is no decimal number', 'record', (fields) => (fields[3]!.decimals = 2)],
  ['record.3.signed: "payee" has no sign', 'record', (fields) => (fields[3]!.signed = true)],
  ['record.2.pad: "amount_minor" is no text', 'record', (fields) => (fields[2]!.pad = '*')],
  ['record.2.optional: "amount_minor" is no text', 'record', (fields) => (fields[2]!.optional = true)],
  [
    'record.3.from: "payee" takes its value either from the document or from "value"',
    'record',
    (fields) => (fields[3]!.value = 'x'),
  ],
  [
    'trailer.3.width: With "filler" the trailer has 72 bytes, a record has 73',
    'trailer',
    (fields) => (fields[3]!.width -= 1),
  ],
  ['trailer.0.width: "type" has one width everywhere', 'trailer', (fields) => (fields[0]!.width = 2)],
  ['record.0.value: Another kind of record has this "type"', 'record', (fields) => (fields[0]!.value = 'H')],
  ['record.0.value: "type" is text', 'record', (fields) => (fields[0]!.value = 7)],
  [
    'header.0.from: "type" takes its value either from the document or from "value"',
    'header',
    (fields) => delete fields[0]!.value,
  ],
])('a layout is refused: %s', (complaint, kind, change) => {
  expect(complaints(kind, change)).toContain(complaint);
});

it('a layout with an unknown key in a field is refused', () => {
  expect(complaints('record', (fields) => Object.assign(fields[1]!, { align: 'left' }))).toHaveLength(1);
});
