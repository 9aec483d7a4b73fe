import { describe, expect, it } from 'vitest';
import { redriveRecord } from '#cli/redrive-record.ts';
import type { Tools } from '#cli/tools.ts';
import { type DeadLetter, type DeadLetterRecord, deadLettersOn } from '#domain/relay/dead-letters.ts';
import { parkingIn } from '#lib/aws/parked-table.ts';
import { memoryTable } from '#table/memory-table.ts';

const parking: DeadLetter = {
  from: 'slot/keep-board',
  tenant: 'acme',
  code: 'unreadable',
  reason: 'unreadable: data',
  body: { detail: { tenant: 'acme' } },
};

/** A parked record, and the tools that redrive it; `sent` is what its queue receives. */
async function parked(
  record: Partial<DeadLetter> = {},
  sending: (body: string) => Promise<void> = async () => {},
) {
  const table = memoryTable();
  const sent: string[] = [];
  let now = 1_000;
  const clock = { now: () => now++ };
  const { park } = deadLettersOn({ parked: parkingIn(table), clock });
  await park({ ...parking, ...record });
  const sqs = {
    async send({ input }: { input: { MessageBody: string } }) {
      await sending(input.MessageBody);
      sent.push(input.MessageBody);
    },
  };
  const tools = { parked: table, clock, sqs, urlOf: (name: string) => name } as unknown as Tools;
  const parkedRecords = () =>
    [...table.items()].filter(({ redrivenAt }) => !redrivenAt) as DeadLetterRecord[];
  return { park, sent, standing: parkedRecords, redrive: () => redriveRecord(parkedRecords()[0]!, tools) };
}

describe('redriving a parked record', () => {
  it('sends the original message to its queue, and marks the record as redriven', async () => {
    const { redrive, sent, standing: parkedRecords } = await parked();
    await redrive();
    expect(sent).toEqual([JSON.stringify(parking.body)]);
    expect(parkedRecords()).toEqual([]);
  });

  it('keeps the record when the queue is unavailable', async () => {
    const { redrive, standing: parkedRecords } = await parked({}, () => Promise.reject(new Error('away')));
    await expect(redrive()).rejects.toThrow('away');
    expect(parkedRecords()).toHaveLength(1);
  });

  it('keeps the record when a fast worker parks it again before it is marked', async () => {
    const box: { park?: () => Promise<void> } = {};
    const { redrive, park, standing: parkedRecords } = await parked({}, async () => box.park?.());
    box.park = () => park(parking);
    await redrive();
    expect(parkedRecords()).toHaveLength(1);
  });

  it('sends a body that is not JSON unchanged', async () => {
    const { redrive, sent } = await parked({ body: 'not json' });
    await redrive();
    expect(sent).toEqual(['not json']);
  });

  it('tells the worker to try a refused capture again, and adds nothing to other messages', async () => {
    const settle = { tenant: 'acme', slot: 42, hold: 'h' };
    const refused = await parked({
      from: 'payment.settle',
      code: 'payment-refused',
      reason: 'payment-refused: The clearinghouse refuses to capture.',
      body: settle,
    });
    await refused.redrive();
    expect(JSON.parse(refused.sent[0]!)).toEqual({ ...settle, again: true });
    const other = await parked({ from: 'payment.settle', reason: 'unreadable: hold', body: settle });
    await other.redrive();
    expect(JSON.parse(other.sent[0]!)).toEqual(settle);
  });
});
