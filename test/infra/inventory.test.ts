import { expect, it } from 'vitest';
import { inventory } from '#infra/report/inventory.ts';
import { sagaDoors, synth, treeWith } from './synth.ts';

const { product, ops } = synth();

it('inventory.txt lists exactly what is deployed', async () => {
  await expect(inventory(product, ops)).toMatchFileSnapshot('inventory.txt');
});

it('the inventory lists a new route, schedule, rule, job and saga with their settings', () => {
  const doors = [
    'ops/v2/tickets.get',
    'ops/v1/tickets.get',
    'ops/v1/runs.get',
    'schedules/every-5-minutes.sweep',
    'subscribers/all/log',
    'subscribers/aws.states/bring-back',
    'jobs/tax.file',
  ];
  const { product, ops } = synth({
    root: treeWith({
      ...Object.fromEntries(doors.map((door) => [`functions/${door}.ts`, ''])),
      ...sagaDoors,
    }),
  });
  const lines = inventory(product, ops)
    .split('\n')
    .map((line) => line.trim().replaceAll(/ +/g, ' '));
  expect(lines).toEqual(
    expect.arrayContaining([
      'GET /ops/v1/runs functions/ops/v1/runs.get.ts',
      'GET /ops/v2/tickets functions/ops/v2/tickets.get.ts',
      'ops v2 → v1 for the rest',
      'rate(5 minutes) functions/schedules/every-5-minutes.sweep.ts',
      'all functions/subscribers/all/log.ts',
      'functions/jobs/tax.file.ts 90 s per attempt 10 at once dead letters after 1000 attempts',
      'aws.states FAILED TIMED_OUT ABORTED functions/subscribers/aws.states/bring-back.ts',
      'Sync Prepare functions/saga/prepare.ts 40 attempts more, 2 s apart and longer',
      'Sync Settle wait',
      'Table Open openShard due index with epoch state waitingFor',
      'a sync was given up by Step Functions over 0 1 min',
      'tax.file has dead letters over 0 1 min',
    ]),
  );
});
