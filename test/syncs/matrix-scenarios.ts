import { type Scenario, three } from './faulty-world.ts';
import type { Cell } from './matrix-cells.ts';

const isDeath = ({ fault }: Cell) => fault.startsWith('a death');
const refusesToCommit = ({ phase, fault }: Cell) => phase === 'commit' && fault === 'a definite no for ever';

/** A refusal to commit is tried again or taken as a reason to reverse everything: where nobody refuses, that is the same. */
export const policiesOf = (cells: Cell[]): NonNullable<Scenario['onCommitFailure']>[] =>
  cells.some(refusesToCommit) ? ['retry', 'compensate'] : ['retry'];

/** Forward and, where that is a success, back by its token; and whatever else these faults can make a difference to. */
export function scenariosOf(cells: Cell[]): Scenario[] {
  return [
    ...policiesOf(cells).map((onCommitFailure) => ({ onCommitFailure })),
    ...(cells.some(isDeath) ? [{ stops: true }] : []),
  ];
}

/** Those, and where a further system refuses from the start, and where nothing is tried twice without a person. `nth` turns who refuses. */
export const moreScenariosOf = (cells: Cell[], nth: number): Scenario[] => [
  ...scenariosOf(cells),
  { refuses: three[nth % three.length] as (typeof three)[number] },
  { attempts: 0 },
  { attempts: 0, operator: 'force-rollback' },
];
