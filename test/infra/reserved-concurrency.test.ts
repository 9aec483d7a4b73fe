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
  it('is unset for every function by default', () => {
    expect(reservedIn(synth().product)).toEqual({});
  });

  it('is set for a door by its name, or for each door of a folder; the longer name wins', () => {
    expect(given({ jobs: 20, 'jobs/tax.undo': 10, 'api/v1/taxes.get': 1 })).toEqual({
      'functions/jobs/tax.file.ts': 20,
      'functions/jobs/tax.undo.ts': 10,
      'functions/api/v1/taxes.get.ts': 1,
    });
  });

  it('must not be less than a worker’s queue concurrency', () => {
    expect(() => given({ jobs: 9 })).toThrow(
      'setting reservedConcurrency: functions/jobs/tax.file.ts would get 9, and its queue gives out 10 at once (workerConcurrency)',
    );
  });

  it('must name a door or a folder of doors', () => {
    expect(() => given({ 'jobs/tax': 20 })).toThrow(
      'setting reservedConcurrency: functions/jobs/tax is neither',
    );
    expect(() => given({ jobs: 0 })).toThrow('setting reservedConcurrency');
  });

  it('has one setting for the doors that wait, which a door’s own value overrides', () => {
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

  it('fits an account of 1,000 with the values of docs/operations.md, and leaves 100 unreserved', () => {
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
