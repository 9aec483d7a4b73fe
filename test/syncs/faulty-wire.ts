import type { FileCalls } from '#domain/participants/lines/sftp/sftp-line.ts';
import { type Outside, Unreached } from '#lib/outside/outside.ts';
import { fileLine } from './faulty-files.ts';
import { httpLine } from './faulty-http.ts';
import { type Cell, garblingOf, nameOf } from './matrix-cells.ts';
import type { Reach } from './scripted-offices.ts';

/** The conductor that speaks: once it is dead, nothing of it goes on. */
export type Speaker = { dead: boolean; die: () => void };
export type Garbling = ReturnType<typeof garblingOf>;
/** One call over a line of some kind, and all the ways in which it may go. `late`: what arrives when nobody waits for it any more. */
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
type Befalling = Reach & {
  by: Speaker;
  begun: number;
  later: (at: number, land: () => Promise<unknown>) => void;
};

/** One of its own for each who waits: a promise that many wait for keeps all of them, and with them their worlds, for ever. */
const never = () => new Promise<never>(() => {});
/** Systems are asked in parallel: the others' calls leave before this one's time is up. */
const othersAreSent = () => new Promise<void>((resolve) => setImmediate(resolve));
const lastsForEver = ({ fault }: Cell) => fault === 'a definite no for ever';
const wireMs = 5;

/** The wire to the offices, on which the planned faults happen: one per call, and the one that lasts for ever at last. */
export function faultyWire(cells: Cell[], speaker: () => Speaker, step?: () => Promise<void>) {
  const planned = new Map<string, Cell[]>();
  for (const cell of [...cells].sort((a, b) => Number(lastsForEver(a)) - Number(lastsForEver(b))))
    planned.set(placeOf(cell), [...(planned.get(placeOf(cell)) ?? []), cell]);
  const fired = new Set<string>();
  const calls: string[] = [];
  let underWay: { at: number; land: () => Promise<unknown> }[] = [];

  function next(place: string): Cell | undefined {
    const cell = planned.get(place)?.[0];
    if (cell) fired.add(nameOf(cell));
    return cell && lastsForEver(cell) ? cell : planned.get(place)?.shift();
  }

  /** What was still under way when its caller had given up arrives, if its time has come. */
  async function land(now: number): Promise<void> {
    const due = underWay.filter(({ at }) => at <= now);
    underWay = underWay.filter(({ at }) => at > now);
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
    return befalls(cell, way, {
      ...reach,
      by,
      begun,
      later: (at, landing) => void underWay.push({ at, land: landing }),
    });
  }

  const outside =
    (reach: Reach): Outside =>
    (call) =>
      going(reach, httpLine(call, reach));
  const sftp =
    (reach: Reach): FileCalls['sftp'] =>
    (ask, phase, use) =>
      going(reach, fileLine(ask, phase, use, reach));
  const lastLanding = () => Math.max(0, ...underWay.map(({ at }) => at));
  return { outside, sftp, fired, calls, land, lastLanding, mend: () => planned.clear() };
}

const placeOf = ({ system, phase }: Cell): string => `${system}.${phase}`;

async function befalls<T>(cell: Cell, way: Going<T>, befalling: Befalling): Promise<T> {
  const { by } = befalling;
  switch (cell.fault) {
    case 'a definite no for ever':
      return way.refused();
    case 'a 500':
      return way.failed();
    case 'a time limit without effect':
      return silence(way, befalling);
    case 'a time limit with effect':
      await way.act();
      return silence(way, befalling);
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
      return garbled(cell, way, befalling);
  }
}

async function silence<T>({ limitMs }: Going<T>, { by, begun, clock, pass }: Befalling): Promise<never> {
  await othersAreSent();
  if (by.dead) return never();
  pass(Math.max(0, begun + limitMs - clock.now()));
  throw new Unreached('time-limit');
}

async function garbled<T>(cell: Cell, way: Going<T>, befalling: Befalling): Promise<T> {
  const how = garblingOf(cell);
  if (how !== 'too late') return way.garbled(how);
  const { begun, later } = befalling;
  await way.late(begun, (land) => later(begun + way.limitMs + 1_000, land));
  return silence(way, befalling);
}
