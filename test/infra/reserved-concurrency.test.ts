import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resourcesOf, type Template } from '#infra/report/template.ts';
import { checkout, synth, treeWith } from './synth.ts';

const root = treeWith({
  'functions/jobs/tax.file.ts': '',
  'functions/jobs/tax.undo.ts': '',
  'functions/api/v1/taxes.get.ts': '',
});
const reservedIn = (template: Template) =>
  Object.fromEntries(
    resourcesOf(template, 'AWS::Lambda::Function').flatMap(
      ([, { Description, ReservedConcurrentExecutions }]) =>
        ReservedConcurrentExecutions === undefined ? [] : [[Description, ReservedConcurrentExecutions]],
    ),
  );
const given = (reservedConcurrency: Record<string, number>) =>
  reservedIn(synth({ root, context: { reservedConcurrency: JSON.stringify(reservedConcurrency) } }).product);

describe('reserved concurrency', () => {
  it('is kept for no function unless the operator says so', () => {
    expect(reservedIn(synth().product)).toEqual({});
  });

  it('is said by the name of a door, or by a folder for each door in it; the longer name wins', () => {
    expect(given({ jobs: 20, 'jobs/tax.undo': 10, 'api/v1/taxes.get': 1 })).toEqual({
      'functions/jobs/tax.file.ts': 20,
      'functions/jobs/tax.undo.ts': 10,
      'functions/api/v1/taxes.get.ts': 1,
    });
  });

  it('is refused, by name, where a worker would get less than its queue gives out at once', () => {
    expect(() => given({ jobs: 9 })).toThrow(
      'setting reservedConcurrency: functions/jobs/tax.file.ts would get 9, and its queue gives out 10 at once (workerConcurrency)',
    );
  });

  it('is refused, by name, where there is no such door', () => {
    expect(() => given({ 'jobs/tax': 20 })).toThrow(
      'setting reservedConcurrency: functions/jobs/tax is neither',
    );
    expect(() => given({ jobs: 0 })).toThrow('setting reservedConcurrency');
  });

  it('is a ceiling of its own for each door that lets its caller wait, where the operator sets one', () => {
    const { product } = synth({ context: { waitingConcurrency: '25' } });
    expect(reservedIn(product)).toEqual({
      'functions/api/v1/slots.[slotId].get.ts': 25,
      'functions/api/v1/slots.get.ts': 25,
      'functions/api/v1/syncs.[syncId].get.ts': 25,
      'functions/api/v1/syncs.post.ts': 25,
    });
    const context = { waitingConcurrency: 25, reservedConcurrency: { 'api/v1/slots.get': 40 } };
    expect(reservedIn(synth({ context }).product)['functions/api/v1/slots.get.ts']).toBe(40);
    expect(() => synth({ root, context: { waitingConcurrency: 0 } })).toThrow('setting waitingConcurrency');
  });

  it('has a documented set of values that an account with 1,000 can keep, 100 of them for whatever has none', () => {
    const page = readFileSync(join(checkout, 'docs/operations.md'), 'utf8');
    const values = /```json\n("reservedConcurrency": \{[\s\S]*?\})\n```/.exec(page)?.[1];
    const { reservedConcurrency } = JSON.parse(`{${values}}`);
    const reserved = reservedIn(synth({ context: { reservedConcurrency } }).product);
    const sum = Object.values(reserved).reduce<number>((total, each) => total + Number(each), 0);
    expect(Object.keys(reserved).length).toBeGreaterThan(20);
    expect(sum).toBeLessThanOrEqual(900);
    expect(page).toContain(`${sum} of 1,000`);
  });
});
