import { type Scenario, three } from './faulty-world.ts';
import type { Cell } from './matrix-cells.ts';

const isDeath = ({ fault }: Cell) => fault.startsWith('a death');
const refusesToCommit = ({ phase, fault }: Cell) => phase === 'commit' && fault === 'a definite no for ever';

/** Both policies for a refused commit, or one where no commit is refused and they are equal. */
export const policiesOf = (cells: Cell[]): NonNullable<Scenario['onCommitFailure']>[] =>
  cells.some(refusesToCommit) ? ['retry', 'compensate'] : ['retry'];

/**
 * Commit and, after success, undo; with both policies where they differ, and stopped executions
 * where a process dies.
 */
export function scenariosOf(cells: Cell[]): Scenario[] {
  return [
    ...policiesOf(cells).map((onCommitFailure) => ({ onCommitFailure })),
    ...(cells.some(isDeath) ? [{ stops: true }] : []),
  ];
}

/** Also with a further refusing system, and without retries. `nth` selects the refusing system. */
export const moreScenariosOf = (cells: Cell[], nth: number): Scenario[] => [
  ...scenariosOf(cells),
  { refuses: three[nth % three.length] as (typeof three)[number] },
  { attempts: 0 },
  { attempts: 0, operator: 'force-rollback' },
];
