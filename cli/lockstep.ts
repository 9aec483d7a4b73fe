#!/usr/bin/env node
import { Command } from 'commander';
import { addAdapterNew } from './adapter-new.ts';
import { addDeadLettersList } from './dead-letters-list.ts';
import { addDeadLettersRedrive } from './dead-letters-redrive.ts';
import { addEvidence } from './evidence.ts';
import { addKeys } from './keys.ts';
import { addLedger } from './ledger.ts';
import { addRepair } from './repair.ts';
import { addRollback } from './rollback.ts';
import { sentence } from './sentence.ts';
import { addSlotsImport } from './slots-import.ts';
import { addSyncs } from './syncs.ts';
import { say, written } from './terminal.ts';
import { addTickets } from './tickets.ts';
import { addVerify } from './verify.ts';

// Whoever reads only the first lines (`| head`) has had enough.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));

const program = new Command('lockstep')
  .description(
    'Operate Lockstep: on AWS as the environment says, on the engine at AWS_ENDPOINT_URL, or on this machine.',
  )
  .option('--stack <name>', 'the stack to work on', 'Lockstep')
  .configureOutput(written)
  .showHelpAfterError('(lockstep --help lists the commands)');

addKeys(program.command('keys').description("a tenant's API keys"));
addSlotsImport(program.command('slots').description('slots, many at a time'));
addSyncs(program.command('syncs').description('changes in several systems'));
addLedger(program.command('ledger').description('what was done for each sync, row by row'));
addEvidence(program.command('evidence').description('a proof of what was done for a sync'));
addVerify(program);
addRollback(program);
addTickets(program.command('tickets').description('syncs that wait for an operator'));
const deadLetters = program
  .command('dead-letters')
  .description('parked records, and messages that failed too often');
addDeadLettersList(deadLetters);
addDeadLettersRedrive(deadLetters);
addRepair(program);
addAdapterNew(program.command('adapter').description('adapters, in a checkout of Lockstep'));

try {
  await program.parseAsync();
} catch (error) {
  say(sentence(error));
  process.exitCode = 1;
}
