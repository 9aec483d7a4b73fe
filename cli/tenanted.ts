import type { Command } from 'commander';

/** What every command about one tenant is asked with. */
export type Tenanted = { tenant: string; json?: boolean; stack: string };

/** A command about one tenant: whose, and how to answer. */
export const tenanted = (command: Command): Command =>
  command
    .requiredOption('--tenant <name>', 'the tenant (required)')
    .option('--json', 'JSON on stdout')
    .allowExcessArguments(false);
