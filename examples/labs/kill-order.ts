import { type OfficeName, officeNames } from './offices.ts';

const phases = ['prepare', 'commit', 'rollback'] as const;
type Phase = (typeof phases)[number];
/** `phase`: it dies when it is asked that. Without one it is dead before anything is sent. */
export type KillOrder = { system: OfficeName; phase?: Phase };

/** `dashboard`, `debit@commit`. Throws one sentence that names what there is. */
export function killOrder(order: string): KillOrder {
  const [name = '', at, ...rest] = order.split('@');
  const system = officeNames.find((one) => one === name);
  const phase = phases.find((one) => one === at);
  if (!system || (at !== undefined && !phase) || rest.length > 0)
    throw new Error(
      `There is no "${order}" to kill: name ${listed(officeNames)}, and after an @, if you like, ${listed(phases)}, as in debit@commit.`,
    );
  return { system, ...(phase && { phase }) };
}

const listed = (words: readonly string[]) => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
