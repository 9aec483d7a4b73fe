import { encoder } from '#lib/fixed-width/encode.ts';
import { layout } from '#systems/layout.ts';

/** A cheque file as a mainframe reads it: EBCDIC, with packed amounts. */
export const chequeLayout = layout.parse({
  encoding: 'cp037',
  header: [
    { name: 'type', width: 1, as: 'text', value: 'H' },
    { name: 'kind', width: 8, as: 'text', from: '{kind}' },
    { name: 'token', width: 32, as: 'text', from: '{token}' },
    { name: 'sequence', width: 16, as: 'digits', from: '{sequence}' },
    { name: 'created', width: 16, as: 'text', from: '{created}' },
    { name: 'state', width: 2, as: 'text', from: '{payload.state}' },
    { name: 'filler', width: 5, as: 'text', value: '' },
  ],
  record: [
    { name: 'type', width: 1, as: 'text', value: 'P' },
    { name: 'id', width: 32, as: 'text', from: '{item.id}' },
    { name: 'payee', width: 40, as: 'text', from: '{item.payee}', optional: true },
    { name: 'amount_minor', width: 7, as: 'packed', signed: true, from: '{item.amount_minor}' },
  ],
  trailer: [
    { name: 'type', width: 1, as: 'text', value: 'T' },
    { name: 'count', width: 9, as: 'digits', from: '{count}' },
    { name: 'amount_minor', width: 8, as: 'packed', signed: true, from: '{amount_minor}' },
    { name: 'filler', width: 62, as: 'text', value: '' },
  ],
});

export type Said = {
  kind?: string;
  token?: string;
  sequence?: string;
  created?: string;
  items?: { id: string; amount_minor: number }[];
  count?: number;
};

export const key = '018cc251-f400-7abc-8def-0123456789ab';
export const token = key.replaceAll('-', '');
/** 2027-01-15T08:00:00Z, and the time of these tests. */
export const created = '20270115T080000Z';
export const now = Date.parse('2027-01-15T08:01:00Z');
export const items = [
  { id: 'a1', amount_minor: 2_500 },
  { id: 'a2', amount_minor: -700 },
  { id: 'a3', amount_minor: 0 },
];

/** A file's bytes. A reversal has the opposite sign in every amount. */
export function fileWith({ kind = 'LOAD', count, items: some = items, ...said }: Said = {}): Buffer {
  const write = encoder(chequeLayout);
  const sign = kind === 'REVERSAL' ? -1 : 1;
  const turned = some.map((item) => ({ ...item, amount_minor: 0 + sign * item.amount_minor }));
  const document = { kind, token, sequence: '1800000060000123', created, payload: { state: 'OH' }, ...said };
  const amount_minor = turned.reduce((sum, item) => sum + item.amount_minor, 0);
  return Buffer.concat([
    write.header(document),
    ...turned.map((item) => write.record({ ...document, item })),
    write.trailer({ ...document, count: count ?? turned.length, amount_minor }),
  ]);
}
