import { describe, expect, it } from 'vitest';
import { synth, treeWith } from './synth.ts';

const root = treeWith({});
const planned = (context: Record<string, unknown> = {}, env: NodeJS.ProcessEnv = {}) =>
  synth({ root, context, env }).plan;

const { settings } = planned();

describe('a setting', () => {
  it('comes from the environment, or else the command line, or else cdk.json', () => {
    expect(settings.leaseSeconds).toBe(30);
    expect(planned({ leaseSeconds: '3' }).settings.leaseSeconds).toBe(3);
    expect(planned({ leaseSeconds: '3' }, { LOCKSTEP_LEASE_SECONDS: '4' }).settings.leaseSeconds).toBe(4);
  });

  it('may be a list, a date or a switch on the command line', () => {
    const { settings } = planned({
      origins: 'https://a.example,https://b.example',
      retainData: 'false',
      deprecated: '{"v1":{"since":"2027-01-01"}}',
    });
    expect(settings).toMatchObject({
      origins: ['https://a.example', 'https://b.example'],
      retainData: false,
      deprecated: { v1: { since: '2027-01-01' } },
    });
  });

  it.each([
    ['leaseSeconds', '0'],
    ['leaseSeconds', '841'],
    ['leaseSeconds', 'soon'],
    ['leaseSeconds', ''],
    ['workerConcurrency', '1'],
    ['logRetentionDays', '2'],
    ['origins', 'nonsense'],
    ['deprecated', '{"v1":{"since":"2027-02-30"}}'],
    ['settleMarginSeconds', '899'],
    ['retryBackoff', '0.5'],
    ['retryAttempts', '101'],
    ['retryMaxSeconds', '2'],
    ['waitSeconds', '301'],
    ['wakesPerSecond', '0'],
  ])('that is invalid stops the synth, and is named: %s=%s', (name, value) => {
    expect(() => planned({ [name]: value })).toThrow(`setting ${name}`);
  });

  it('that cdk.json misspells stops the synth, and is named', () => {
    expect(() => planned({ settings: { leaseSecond: 3 } })).toThrow(/leaseSeconds[\s\S]*"leaseSecond"/);
  });

  it('visibilitySeconds is at least the time limit of the workers', () => {
    const tree = treeWith({ 'functions/jobs/payment.settle.ts': '' });
    expect(() => synth({ root: tree, context: { visibilitySeconds: 15 } })).not.toThrow();
    expect(() => synth({ root: tree, context: { visibilitySeconds: 14 } })).toThrow(
      'setting visibilitySeconds',
    );
  });
});
