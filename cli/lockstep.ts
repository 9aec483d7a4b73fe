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
import { say } from './terminal.ts';
import { addTickets } from './tickets.ts';
import { addVerify } from './verify.ts';

// Whoever reads only the first lines (`| head`) has had enough.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));

const program = new Command('lockstep')
  .description(
    'Operate a Lockstep: on AWS as the environment says, at AWS_ENDPOINT_URL, or the one that runs on this laptop.',
  )
  .option('--stack <name>', 'the stack to work on', 'Lockstep')
  .showHelpAfterError('(lockstep --help says what there is)');

addKeys(program.command('keys').description("a tenant's API keys"));
addSlotsImport(program.command('slots').description('slots, many at a time'));
addSyncs(program.command('syncs').description('changes of several systems'));
addLedger(program.command('ledger').description('what was done for each sync, row by row'));
addEvidence(program.command('evidence').description('what was done for a sync, to be checked by others'));
addVerify(program);
addRollback(program);
addTickets(program.command('tickets').description('what waits for a person'));
const deadLetters = program
  .command('dead-letters')
  .description('messages that failed too often, and records that no repeat would help');
addDeadLettersList(deadLetters);
addDeadLettersRedrive(deadLetters);
addRepair(program);
addAdapterNew(program.command('adapter').description('protocols, in a checkout of Lockstep'));

try {
  await program.parseAsync();
} catch (error) {
  say(sentence(error));
  process.exitCode = 1;
}
