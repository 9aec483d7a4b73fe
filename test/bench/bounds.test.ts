import { expect, it } from 'vitest';
import { lockstepFigures } from '#bench/product/figures.ts';
import { synthesizedDefinition } from '#bench/product/synthesized.ts';
import { broken, rowsOf } from '#bench/rows.ts';
import { asMarkdown, asText, sagaCells } from '#bench/table.ts';
import { textbookFigures } from '#bench/textbook/figures.ts';
import { estimate, estimateBatch } from '#domain/syncs/accept/estimate.ts';
import { planSync } from '#domain/syncs/accept/plan-sync.ts';
import { manifests } from '#test/syncs/manifests.ts';

const many = 30_000;
/** The textbook's figures grow with the items, so it gets fewer of them here. */
const few = 20;
const [lockstep, textbook] = await Promise.all([
  lockstepFigures(synthesizedDefinition(), many),
  textbookFigures(few),
]);

it('a batch of 30,000 items takes as many states, decisions and calls as a batch of one', () => {
  expect(lockstep.paths).toEqual({
    happy: ['Prepare', 'Decided?', 'Commit'],
    refused: ['Prepare', 'Decided?', 'Settle', 'Rollback'],
  });
  expect(lockstep).toMatchObject({ writes: 2, hops: 4, hopsWithReads: 6 });
  expect(lockstep.many.calls).toBe(lockstep.one.calls);
  expect(broken(rowsOf(textbook, lockstep, many))).toEqual([]);
});

it('a change costs less than a third of the textbook saga, whose cost grows with each item', () => {
  expect([textbook.paths.happy.length, textbook.paths.refused.length, textbook.writes]).toEqual([17, 17, 8]);
  expect(textbook.many.usd / textbook.one.usd).toBeGreaterThan(0.95 * few);
  expect(lockstep.change.all).toBeLessThan(textbook.change.all / 3);
});

it('the bench reports every broken bound', () => {
  const { one, paths } = lockstep;
  const worse = {
    ...lockstep,
    paths: { happy: [...paths.happy, 'Ended'], refused: Array(6).fill('Rollback') },
    writes: 3,
    many: {
      usd: 1,
      usdBesideCalls: one.usdBesideCalls * 1.51,
      calls: 25,
      hottest: { partition: 'p', writes: 101 },
    },
  };
  expect(
    broken(rowsOf(textbook, worse, many)).map(({ metric, lockstep: found }) => `${metric} ${found}`),
  ).toEqual(['M10 4', 'M10 6', 'M11 3', 'M13 1.51×', 'M13 25', 'M14 101']);
  expect(asMarkdown(sagaCells(rowsOf(textbook, worse, many)))).toContain(
    '| M13 | a batch of 30,000: calls of functions to AWS | 20 | 25 | ≤ 24 | no |',
  );
});

it('the table fits a terminal of 80 columns without loss of a row', () => {
  const rows = rowsOf(textbook, lockstep, many);
  const text = asText(sagaCells(rows));
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  for (const { lockstep: found, what } of rows) {
    expect(text).toContain(found);
    expect(text.replaceAll(/\s+/g, ' ')).toContain(what.split(' ').slice(0, 3).join(' '));
  }
});

it('a dry run estimates the cost of a sync and of a batch within ten percent', () => {
  const systems = [manifests.debit, manifests.cheques, manifests.dashboard];
  const plan = planSync('benefit.adjusted', { state: 'OH', delta_usd: 25 }, systems);
  const { aws_cost_usd: estimated } = estimate(plan, systems);
  expect(estimated / lockstep.change.all).toBeGreaterThan(0.9);
  expect(estimated / lockstep.change.all).toBeLessThan(1.1);
  const batch = { count: many, amount_minor: many * 2500 };
  const { aws_cost_usd: ofBatch } = estimateBatch(
    { plan, taking: systems },
    { batch, now: 0, legMs: 10_000 },
  );
  expect(ofBatch / lockstep.many.usd).toBeGreaterThan(0.9);
  expect(ofBatch / lockstep.many.usd).toBeLessThan(1.1);
});
