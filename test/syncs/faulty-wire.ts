import { type Outside, Unreached } from '#lib/outside/outside.ts';
import type { Line } from '#systems/protocol.ts';
import { fileLine } from './faulty-files.ts';
import { httpLine } from './faulty-http.ts';
import { type Cell, garblingOf, nameOf } from './matrix-cells.ts';
import type { Reach } from './scripted-offices.ts';

/** The conductor that makes a call. Once it is dead, none of its promises settles. */
export type Speaker = { dead: boolean; die: () => void };
export type Garbling = ReturnType<typeof garblingOf>;
/**
 * One call over any line, and every way in which it can go. `late`: what lands after the caller
 * has given up.
 */
export type Going<T> = {
  place: string;
  notAfter: number;
  limitMs: number;
  act: () => Promise<T>;
  refused: () => Promise<T>;
  failed: () => Promise<T>;
  garbled: (how: Exclude<Garbling, 'too late'>) => Promise<T>;
  late: (begun: number, later: (land: () => Promise<unknown>) => void) => Promise<void>;
};
type FaultyCall = Reach & {
  by: Speaker;
  begun: number;
  later: (at: number, land: () => Promise<unknown>) => void;
};

/** A promise for each caller: a shared one would keep all callers, and their worlds, in memory. */
const never = () => new Promise<never>(() => {});
/** Systems are called in parallel, so the other calls leave before this one times out. */
const othersAreSent = () => new Promise<void>((resolve) => setImmediate(resolve));
const lastsForEver = ({ fault }: Cell) => fault === 'a definite no for ever';
const wireMs = 5;

/** The lines to the offices with the planned faults: one per call, and a permanent one last. */
export function faultyWire(cells: Cell[], speaker: () => Speaker, step?: () => Promise<void>) {
  const planned = new Map<string, Cell[]>();
  for (const cell of [...cells].sort((a, b) => Number(lastsForEver(a)) - Number(lastsForEver(b))))
    planned.set(placeOf(cell), [...(planned.get(placeOf(cell)) ?? []), cell]);
  const fired = new Set<string>();
  const calls: string[] = [];
  let inFlight: { at: number; land: () => Promise<unknown> }[] = [];

  function next(place: string): Cell | undefined {
    const cell = planned.get(place)?.[0];
    if (cell) fired.add(nameOf(cell));
    return cell && lastsForEver(cell) ? cell : planned.get(place)?.shift();
  }

  /** Lands calls whose caller has given up, when their time has come. */
  async function land(now: number): Promise<void> {
    const due = inFlight.filter(({ at }) => at <= now);
    inFlight = inFlight.filter(({ at }) => at > now);
    for (const landing of due) await landing.land();
  }

  async function going<T>(reach: Reach, way: Going<T>): Promise<T> {
    await step?.();
    const [by, begun] = [speaker(), reach.clock.now()];
    if (by.dead) return never();
    if (begun >= way.notAfter) throw new Unreached('too-late');
    await land(begun);
    const cell = next(way.place);
    if (cell?.fault !== 'a death before the call') calls.push(way.place);
    reach.pass(wireMs);
    if (!cell) return way.act();
    return applyFault(cell, way, {
      ...reach,
      by,
      begun,
      later: (at, landing) => void inFlight.push({ at, land: landing }),
    });
  }

  const outside =
    (reach: Reach): Outside =>
    (call) =>
      going(reach, httpLine(call, reach));
  const sftp =
    (reach: Reach): Line['sftp'] =>
    (ask, phase, use) =>
      going(reach, fileLine(ask, phase, use, reach));
  const lastLanding = () => Math.max(0, ...inFlight.map(({ at }) => at));
  return { outside, sftp, fired, calls, land, lastLanding, repair: () => planned.clear() };
}

const placeOf = ({ system, phase }: Cell): string => `${system}.${phase}`;

async function applyFault<T>(cell: Cell, way: Going<T>, faulted: FaultyCall): Promise<T> {
  const { by } = faulted;
  switch (cell.fault) {
    case 'a definite no for ever':
      return way.refused();
    case 'a 500':
      return way.failed();
    case 'a time limit without effect':
      return timeOut(way, faulted);
    case 'a time limit with effect':
      await way.act();
      return timeOut(way, faulted);
    case 'a death before the call':
      by.die();
      return never();
    case 'a death after the call':
      await way.act();
      await othersAreSent();
      by.die();
      return never();
    case 'a duplicate':
      await way.act();
      return way.act();
    case 'a late or garbled reply':
      return garbled(cell, way, faulted);
  }
}

async function timeOut<T>({ limitMs }: Going<T>, { by, begun, clock, pass }: FaultyCall): Promise<never> {
  await othersAreSent();
  if (by.dead) return never();
  pass(Math.max(0, begun + limitMs - clock.now()));
  throw new Unreached('time-limit');
}

async function garbled<T>(cell: Cell, way: Going<T>, faulted: FaultyCall): Promise<T> {
  const how = garblingOf(cell);
  if (how !== 'too late') return way.garbled(how);
  const { begun, later } = faulted;
  await way.late(begun, (land) => later(begun + way.limitMs + 1_000, land));
  return timeOut(way, faulted);
}
