import { expect, it } from 'vitest';
import { cloud } from '#bench/cloud.ts';
import { itemsOf } from '#bench/figures.ts';
import { officesOn } from '#bench/office-books.ts';
import { textbook } from '#bench/textbook/textbook.ts';

const names = ['debit', 'cheques', 'dashboard'] as const;
function stage() {
  const on = cloud();
  const offices = officesOn(on.clock);
  const saga = textbook(on, offices);
  const states = (syncId: string) => names.map((name) => offices.state(name, syncId));
  const rows = () => saga.rows().map(({ sk, result }) => `${sk} ${result}`);
  return { ...saga, on, offices, states, rows };
}

it('the textbook saga commits at all three offices, with a ledger row behind every call', async () => {
  const { change, states, rows, published, on } = stage();
  const [ended] = await change('change-1', itemsOf(1));
  expect(states('change-1:payment-000001')).toEqual(['committed', 'committed', 'committed']);
  expect(ended).toMatchObject({ failed: undefined });
  expect(rows().sort()).toEqual([
    'payment-000001#cheques#commit success',
    'payment-000001#cheques#prepare success',
    'payment-000001#dashboard#commit success',
    'payment-000001#dashboard#prepare success',
    'payment-000001#debit#commit success',
    'payment-000001#debit#prepare success',
    'payment-000001#saga#accept accepted',
    'payment-000001#saga#end success',
  ]);
  expect(published).toHaveLength(1);
  expect(on.used()).toMatchObject({ request: 1, transition: 17, invocation: 8, write: 8, event: 1 });
});

it.each(['prepare', 'commit'])(
  'the textbook saga rolls everything back in reverse when the last office refuses its %s',
  async (call) => {
    const { change, states, offices } = stage();
    offices.refuse(`dashboard.${call}`);
    const [ended] = await change('change-1', itemsOf(1));
    expect(ended?.failed).toContain('everything was taken back');
    expect(ended?.path.filter((state) => state.startsWith('RollBack'))).toEqual([
      'RollBackDashboard',
      'RollBackCheques',
      'RollBackDebit',
    ]);
    expect(states('change-1:payment-000001')).toEqual(['rolled-back', 'rolled-back', 'rolled-back']);
  },
);

it('the textbook runs a saga for each item of a batch, with all rows under the batch’s key', async () => {
  const { change, states, rows, on } = stage();
  await change('batch-1', itemsOf(40));
  for (const { id } of itemsOf(40))
    expect(states(`batch-1:${id}`)).toEqual(['committed', 'committed', 'committed']);
  expect(rows()).toHaveLength(8 * 40);
  expect(on.used().transition).toBe(17 * 40);
  expect(on.hottest().partition).toBe('batch-1');
});
