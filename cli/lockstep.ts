#!/usr/bin/env node
import { Command } from 'commander';
import { addKeys } from './keys.ts';
import { addParkedList } from './parked-list.ts';
import { addParkedRedrive } from './parked-redrive.ts';
import { addRepair } from './repair.ts';
import { sentence } from './sentence.ts';
import { addSlotsImport } from './slots-import.ts';
import { say } from './terminal.ts';

const program = new Command('lockstep')
  .description('Operate a Lockstep: on AWS as the environment says, at AWS_ENDPOINT_URL, or the one that runs on this laptop.')
  .option('--stack <name>', 'the stack to work on', 'Lockstep')
  .showHelpAfterError('(lockstep --help says what there is)');

addKeys(program.command('keys').description("a tenant's API keys"));
addSlotsImport(program.command('slots').description('slots, many at a time'));
const parked = program.command('parked').description('what could not be done by itself, and dead letters');
addParkedList(parked);
addParkedRedrive(parked);
addRepair(program);

try {
  await program.parseAsync();
} catch (error) {
  say(sentence(error));
  process.exitCode = 1;
}
