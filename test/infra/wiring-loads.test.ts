import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const script = `
import { registerHooks } from 'node:module';
const clients = new Set();
registerHooks({
  load(url, context, next) {
    clients.add(/node_modules\\/@aws-sdk\\/client-([\\w-]+)/.exec(url)?.[1]);
    return next(url, context);
  },
});
for (const file of process.argv.slice(1)) await import(file);
console.log([...clients].filter(Boolean).sort().join());
`;
/** The SDK's clients that Node reads for these files of wiring/. */
const clientsOf = (...names: string[]) => {
  const files = names.map((name) => join(root, 'wiring', name));
  return execFileSync(process.execPath, ['--input-type=module', '-e', script, ...files], {
    encoding: 'utf8',
  }).trim();
};

it('a process that only makes tools, such as a simulator, reads no client of the SDK', () => {
  const makers = ['access.ts', 'platform.ts', 'relay.ts', 'reservations.ts', 'saga.ts', 'syncs.ts'];
  expect(clientsOf(...makers, 'subscribers.ts', 'sync-answers.ts')).toBe('');
});

it('an adapter reads the client of its batches alone', () => {
  expect(clientsOf('participants.ts')).toBe('s3');
});

it('the deployed tools of syncs bring the clients of all that syncs call', () => {
  expect(clientsOf('deployed-tools.ts')).toBe('eventbridge,lambda,s3,sfn,sqs');
});
