import type { Command } from 'commander';

/** The options of every command about one tenant. */
export type Tenanted = { tenant: string; json?: boolean; stack: string };

/** Adds a command about one tenant, with its options. */
export const tenanted = (command: Command): Command =>
  command
    .requiredOption('--tenant <name>', 'the tenant (required)')
    .option('--json', 'JSON on stdout')
    .allowExcessArguments(false);
