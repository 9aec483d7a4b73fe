import { type Phase, phases } from '#systems/protocol.ts';
import type { OfficeName } from './scripted-offices.ts';

/**
 * The faults of one call; all but the first happen once. A cell is one of them at one system in
 * one phase. A system that refuses for ever still confirms what it has already done.
 */
export const faults = [
  'a definite no for ever',
  'a 500',
  'a time limit without effect',
  'a time limit with effect',
  'a death before the call',
  'a death after the call',
  'a duplicate',
  'a late or garbled reply',
] as const;
export type Fault = (typeof faults)[number];
/** `turn`: selects another way to garble the reply. */
export type Cell = { system: OfficeName; phase: Phase; fault: Fault; turn?: number };

export const cellsOf = (systems: OfficeName[]): Cell[] =>
  systems.flatMap((system) => phases.flatMap((phase) => faults.map((fault) => ({ system, phase, fault }))));
export const nameOf = ({ system, phase, fault }: Cell): string => `${system}.${phase}: ${fault}`;

/** Every choice of `count` different cells, each once. */
export function* chosen(cells: Cell[], count: number, from = 0): Generator<Cell[]> {
  if (count === 0) return yield [];
  for (let at = from; at <= cells.length - count; at++)
    for (const rest of chosen(cells, count - 1, at + 1)) yield [cells[at] as Cell, ...rest];
}

const garblings = ['a page of HTML', 'a cut answer', "another's id", 'too late'] as const;
/** How this place garbles its reply; every way occurs in every phase. */
export const garblingOf = ({
  system,
  phase,
  turn = 0,
}: Pick<Cell, 'system' | 'phase' | 'turn'>): (typeof garblings)[number] =>
  garblings[
    (places.indexOf(system) + phases.indexOf(phase) + turn) % garblings.length
  ] as (typeof garblings)[number];
const places: OfficeName[] = ['cheques', 'dashboard', 'debit', 'letters', 'gazette', 'vault'];
