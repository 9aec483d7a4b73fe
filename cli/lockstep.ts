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
import { addThingNew } from './thing-new.ts';
import { addTickets } from './tickets.ts';
import { addVerify } from './verify.ts';

// The reader closed the pipe (`| head`): end without an error.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));

const program = new Command('lockstep')
  .description(
    'Operate Lockstep: on AWS as the environment says, on the engine at AWS_ENDPOINT_URL, or on this machine.',
  )
  .option('--stack <name>', 'the stack to work on', 'Lockstep')
  .configureOutput(written)
  .showHelpAfterError('(lockstep --help lists the commands)');

addKeys(program.command('keys').description("create, list and revoke a tenant's API keys"));
addSlotsImport(program.command('slots').description('import many slots at once'));
addSyncs(program.command('syncs').description('list and show syncs: changes in several systems'));
addLedger(
  program.command('ledger').description('show and export the ledger: what each sync has done, row by row'),
);
addEvidence(program.command('evidence').description('get the evidence of a sync, or the key that signs it'));
addVerify(program);
addRollback(program);
addTickets(
  program.command('tickets').description('list, show and act on tickets: syncs that wait for an operator'),
);
const deadLetters = program
  .command('dead-letters')
  .description('list and redrive parked records and messages that failed too often');
addDeadLettersList(deadLetters);
addDeadLettersRedrive(deadLetters);
addRepair(program);
addAdapterNew(program.command('adapter').description('write an adapter, in a checkout of Lockstep'));
addThingNew(program.command('thing').description('write a thing, in a checkout of Lockstep'));

try {
  await program.parseAsync();
} catch (error) {
  say(sentence(error));
  process.exitCode = 1;
}
