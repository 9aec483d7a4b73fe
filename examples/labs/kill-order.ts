import { type OfficeName, officeNames } from './offices.ts';

const phases = ['prepare', 'commit', 'rollback'] as const;
type Phase = (typeof phases)[number];
/**
 * With `phase` the system dies when it is asked for that phase; without one it is dead from the
 * start.
 */
export type KillOrder = { system: OfficeName; phase?: Phase };

/** Parses `dashboard` or `debit@commit`. Throws one sentence with the known systems and phases. */
export function killOrder(order: string): KillOrder {
  const [name = '', at, ...rest] = order.split('@');
  const system = officeNames.find((one) => one === name);
  const phase = phases.find((one) => one === at);
  if (!system || (at !== undefined && !phase) || rest.length > 0)
    throw new Error(
      `"${order}" cannot be killed. Name ${listed(officeNames)}, optionally with @ and ${listed(phases)}, as in debit@commit.`,
    );
  return { system, ...(phase && { phase }) };
}

const listed = (words: readonly string[]) => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
