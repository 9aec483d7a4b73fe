import type { ParkedTable } from '#lib/aws/parked-table.ts';
import type { Item } from '#lib/aws/table.ts';
import { digest } from '#lib/ids.ts';
import type { ProblemCode } from '#lib/problem.ts';
import { rfc3339 } from '#lib/rfc3339.ts';

/**
 * A message that cannot be processed, whole, so that an operator can read it, fix the cause and
 * redrive it. `code` is the problem's.
 */
export type DeadLetter = { from: string; tenant: string; code: ProblemCode; reason: string; body: unknown };
export type DeadLetterRecord = Item & {
  from: string;
  code: ProblemCode;
  reason: string;
  body: string;
  at: string;
  redrivenAt?: string;
};

export const deadLettersOn = ({ parked, clock }: { parked: ParkedTable; clock: { now(): number } }) => ({
  /**
   * Promises: one record per failing message, with the time of the last failure. A redrive removes
   * only the version that was read, so a message that fails again in the meantime stays.
   */
  async park({ from, tenant, code, reason, body }: DeadLetter): Promise<void> {
    const text = JSON.stringify(body, (_, value) =>
      value instanceof Set
        ? [...value]
        : value instanceof Uint8Array
          ? Buffer.from(value).toString('base64')
          : value,
    );
    const item = {
      pk: tenant,
      sk: `${from}#${digest(text)}`,
      from,
      code,
      reason,
      body: text,
      at: rfc3339(clock.now()),
    };
    await parked.parkItem({
      label: 'park',
      item,
      condition: 'attribute_not_exists(#pk) OR attribute_exists(#pk)',
    });
  },
});
