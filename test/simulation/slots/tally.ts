import type { Evidence } from './history.ts';

/**
 * Counts over many histories. Tests require minimums of them, so that a run without bookings
 * cannot pass.
 */
export const emptyTally = () => ({
  ...{
    histories: 0,
    booked: 0,
    replayed: 0,
    cancelled: 0,
    refused: 0,
    lost: 0,
    refunded: 0,
    voided: 0,
    captured: 0,
    parked: 0,
  },
  calls: {} as Record<string, number>,
  faults: {} as Record<string, number>,
});

export type Tally = ReturnType<typeof emptyTally>;

export function tally(sum: Tally, { seen, writes, partner, cloud, calls, faults, lossless }: Evidence): void {
  const by = (yes: boolean) => (yes ? 1 : 0);
  const ended = partner.books.entries();
  sum.histories += 1;
  sum.booked += by(writes.some(({ image }) => image.state === 'booked'));
  sum.replayed += by(seen.some(({ saw }) => 'ok' in saw && saw.replayed));
  sum.cancelled += by(seen.some(({ call, saw }) => call === 'cancel' && 'ok' in saw));
  sum.refused += by(seen.some(({ saw }) => 'problem' in saw && saw.problem === 'check-refused'));
  sum.lost += by(!lossless);
  sum.parked += cloud.parked.length;
  sum.captured += ended.filter(({ effects }) => effects.capture > 0).length;
  sum.refunded += ended.filter(({ state }) => state === 'refunded').length;
  sum.voided += ended.filter(({ state }) => state === 'voided').length;
  for (const [name, times] of calls) sum.calls[name] = (sum.calls[name] ?? 0) + times;
  for (const [name, times] of faults.met) sum.faults[name] = (sum.faults[name] ?? 0) + times;
}
