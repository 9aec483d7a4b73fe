import { describe, expect, it } from 'vitest';
import { type State, syncDefinition } from '#infra/stacks/sync-definition.ts';
import { checkout, synth } from './synth.ts';

const { settings } = synth().plan;
const { StartAt, States } = syncDefinition(checkout, settings);
const stateNamed = (name: string): State => States[name]!;
const following = ({ Next, Default, Choices = [], Catch = [] }: State) =>
  [Next, Default, ...Choices.map((each) => each.Next), ...Catch.map((each) => each.Next)].filter(
    (name) => name !== undefined,
  );
const tasks = Object.entries(States).filter(([, { Type }]) => Type === 'Task');

describe('the saga’s definition', () => {
  it('leads to existing states only, reaches each of them, and ends', () => {
    expect(
      Object.values(States)
        .flatMap(following)
        .filter((name) => !States[name]),
    ).toEqual([]);
    const reached = new Set([StartAt]);
    for (const name of reached) for (const next of following(stateNamed(name))) reached.add(next);
    expect([...reached].sort()).toEqual(Object.keys(States).sort());
    for (const [name, { Type, Next, Default, End }] of Object.entries(States))
      expect([name, [Next, Default, End].filter(Boolean).length]).toEqual([name, Type === 'Succeed' ? 0 : 1]);
  });

  it('retries every failed task, and parks the sync when retries run out', () => {
    expect(tasks.map(([name]) => name).sort()).toEqual(['Commit', 'Continue', 'Park', 'Prepare', 'Rollback']);
    for (const [name, { Retry, Catch, TimeoutSeconds }] of tasks) {
      expect(Retry).toMatchObject([{ ErrorEquals: ['States.ALL'] }]);
      expect(Catch ?? []).toEqual(
        name === 'Park' ? [] : [{ ErrorEquals: ['States.ALL'], ResultPath: '$.outage', Next: 'Park' }],
      );
      expect(TimeoutSeconds).toBeGreaterThan(55);
    }
    for (const { Type, Retry, Catch } of Object.values(States))
      if (Type !== 'Task') expect([Retry, Catch]).toEqual([undefined, undefined]);
  });

  it('takes its retries from the settings, but always retries Park', () => {
    const patient = { retrySeconds: 3, retryBackoff: 1.5, retryAttempts: 0, retryMaxSeconds: 60 };
    const { States: changed } = syncDefinition(checkout, synth({ context: patient }).plan.settings);
    const said = {
      ErrorEquals: ['States.ALL'],
      IntervalSeconds: 3,
      BackoffRate: 1.5,
      MaxDelaySeconds: 60,
      JitterStrategy: 'FULL',
    };
    for (const name of ['Prepare', 'Commit', 'Rollback', 'Continue'])
      expect(changed[name]!.Retry).toEqual([{ ...said, MaxAttempts: 0 }]);
    expect(changed.Park!.Retry).toEqual([{ ...said, MaxAttempts: 20 }]);
  });

  it('has no time limits but those of its tasks', () => {
    expect(Object.keys(syncDefinition(checkout, settings)).sort()).toEqual(['Comment', 'StartAt', 'States']);
  });
});
