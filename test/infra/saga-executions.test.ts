import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import { syncDefinition } from '#infra/stacks/sync-definition.ts';
import { checkout, synth } from './synth.ts';

const { settings } = synth().plan;

type Answer = Record<string, unknown> | Error;
/** Runs one execution whose tasks give these answers; the last answer repeats. */
const executed = async (answers: Record<string, Answer[]>, from = settings) => {
  const { Comment: _, ...definition } = syncDefinition(checkout, from);
  const text = JSON.stringify(definition).replaceAll(
    /\$\{(\w+)\}/g,
    'arn:aws:lambda:us-east-1:123456789012:function:$1',
  );
  const handlers = Object.keys(answers).map((name) => [
    name,
    async (input: unknown) => {
      const [answer] = answers[name]!.length > 1 ? answers[name]!.splice(0, 1) : answers[name]!;
      if (answer instanceof Error) throw answer;
      return { ...(input as object), ...answer };
    },
  ]);
  const { result, eventLogs } = new StateMachine(JSON.parse(text) as StateMachineDefinition).run(
    { tenant: 'acme', syncId: 't', epoch: 1 },
    {
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(handlers),
        waitTimeOverrides: { Wait: 1, Settle: 1 },
        retryIntervalOverrides: { Prepare: 1, Commit: 1, Rollback: 1, Continue: 1, Park: 1 },
      },
    },
  );
  const output = await result;
  const path: string[] = [];
  for await (const event of eventLogs) if (event.type === 'StateEntered') path.push(event.state.name);
  return { output, path };
};
const away = new Error('away');

describe('an execution of a sync', () => {
  it('commits in three transitions when every system says yes', async () => {
    const { path, output } = await executed({
      Prepare: [{ next: 'commit' }],
      Commit: [{ state: 'committed' }],
    });
    expect(path).toEqual(['Prepare', 'Decided?', 'Commit']);
    expect(output).toMatchObject({ tenant: 'acme', state: 'committed' });
  });

  it('rolls back in four transitions when a system refuses, after a wait for calls under way', async () => {
    const { path } = await executed({
      Prepare: [{ next: 'rollback', seconds: 7 }],
      Rollback: [{ state: 'rolled_back' }],
    });
    expect(path).toEqual(['Prepare', 'Decided?', 'Settle', 'Rollback']);
  });

  it('waits for a system that has not decided, and calls Prepare again', async () => {
    const { path } = await executed({
      Prepare: [{ next: 'wait', seconds: 5 }, { next: 'commit' }],
      Commit: [{}],
    });
    expect(path).toEqual(['Prepare', 'Decided?', 'Wait', 'Prepare', 'Decided?', 'Commit']);
  });

  it('takes two more transitions each time that a batch is continued, in either direction', async () => {
    const more = { next: 'continue' };
    const prepared = await executed({ Prepare: [more], Continue: [more, { next: 'commit' }], Commit: [{}] });
    expect(prepared.path).toEqual([
      'Prepare',
      'Decided?',
      'Continue',
      'Decided?',
      'Continue',
      'Decided?',
      'Commit',
    ]);
    const long = await executed({ Prepare: [more], Continue: [more, more, { next: 'end' }] });
    expect(long.path.filter((state) => state === 'Continue')).toHaveLength(3);
    expect(long.path.at(-1)).toBe('Ended');
  });

  it('ends at once when another execution owns the sync', async () => {
    expect((await executed({ Prepare: [{ next: 'end' }] })).path).toEqual(['Prepare', 'Decided?', 'Ended']);
  });

  it('resumes the state that failed after an outage', async () => {
    const { path } = await executed({
      Prepare: [away, away, { next: 'commit' }],
      Commit: [away, { state: 'committed' }],
    });
    expect(path).toEqual(['Prepare', 'Decided?', 'Commit']);
  });

  it.each([
    ['Prepare', {}, ['Prepare', 'Park']],
    ['Commit', { Prepare: [{ next: 'commit' }] }, ['Prepare', 'Decided?', 'Commit', 'Park']],
    ['Continue', { Prepare: [{ next: 'continue' }] }, ['Prepare', 'Decided?', 'Continue', 'Park']],
    [
      'Rollback',
      { Prepare: [{ next: 'rollback', seconds: 0 }] },
      ['Prepare', 'Decided?', 'Settle', 'Rollback', 'Park'],
    ],
  ])(
    'parks the sync with its tenant and syncId when the outage of %s lasts',
    async (phase, others, parked) => {
      const { path, output } = await executed(
        { ...others, [phase]: [away], Park: [away, away, { state: 'parked' }] },
        { ...settings, retryAttempts: 1 },
      );
      expect(path).toEqual(parked);
      expect(output).toMatchObject({ tenant: 'acme', syncId: 't', state: 'parked', outage: {} });
    },
  );
});
