import { type Call, type Outside, type Reply, replyFrom, Unreached } from '#lib/outside.ts';
import { type Cell, garblingOf, nameOf } from './matrix-cells.ts';
import type { Reach } from './offices.ts';

/** The conductor that speaks: once it is dead, nothing of it goes on. */
export type Speaker = { dead: boolean; die: () => void };
type Befalling = Reach & { by: Speaker; begun: number; later: (at: number, land: () => void) => void };

const never = new Promise<never>(() => {});
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
  let underWay: { at: number; land: () => void }[] = [];

  function next(place: string): Cell | undefined {
    const cell = planned.get(place)?.[0];
    if (cell) fired.add(nameOf(cell));
    return cell && lastsForEver(cell) ? cell : planned.get(place)?.shift();
  }

  /** What was still under way when its caller had given up arrives, if its time has come. */
  function land(now: number): void {
    const due = underWay.filter(({ at }) => at <= now);
    underWay = underWay.filter(({ at }) => at > now);
    for (const landing of due) landing.land();
  }

  const outside =
    (reach: Reach): Outside =>
    async (call) => {
      await step?.();
      const [by, begun, place] = [speaker(), reach.clock.now(), `${call.system.name}.${call.call}`];
      if (by.dead) return never;
      if (begun >= call.notAfter) throw new Unreached('too-late');
      land(begun);
      const cell = next(place);
      if (cell?.fault !== 'a death before the call') calls.push(place);
      reach.pass(wireMs);
      if (!cell) return reach.act(call);
      return befalls(cell, call, { ...reach, by, begun, later: (at, landing) => void underWay.push({ at, land: landing }) });
    };
  return { outside, fired, calls, land, lastLanding: () => Math.max(0, ...underWay.map(({ at }) => at)), mend: () => planned.clear() };
}

const placeOf = ({ system, phase }: Cell): string => `${system}.${phase}`;

async function befalls(cell: Cell, call: Call, befalling: Befalling): Promise<Reply> {
  const { act, by } = befalling;
  switch (cell.fault) {
    case 'a definite no for ever':
      return act(call, { refuse: true });
    case 'a 500':
      return replyFrom(500, bytes('{"error":"internal"}'), 1024);
    case 'a time limit without effect':
      return silence(call, befalling);
    case 'a time limit with effect':
      act(call);
      return silence(call, befalling);
    case 'a death before the call':
      by.die();
      return never;
    case 'a death after the call':
      act(call);
      await othersAreSent();
      by.die();
      return never;
    case 'a duplicate':
      act(call);
      return act(call);
    case 'a late or garbled reply':
      return garbled(cell, call, befalling);
  }
}

const limitOf = ({ system, call }: Call): number => system.calls[call]?.timeoutMs ?? system.timeoutMs;

async function silence(call: Call, { by, begun, clock, pass }: Befalling): Promise<never> {
  await othersAreSent();
  if (by.dead) return never;
  pass(Math.max(0, begun + limitOf(call) - clock.now()));
  throw new Unreached('time-limit');
}

async function garbled(cell: Cell, call: Call, befalling: Befalling): Promise<Reply> {
  const kind = garblingOf(cell);
  if (kind === 'too late') {
    const { begun, later, act } = befalling;
    later(begun + limitOf(call) + 1_000, () => void act(call, { arrivedAt: begun }));
    return silence(call, befalling);
  }
  // An answer to somebody else's call: this one never reached them.
  if (kind === "another's id") return replyFrom(200, bytes(JSON.stringify({ event_id: other, status: yesOf(call) })), 1024);
  const { status, body } = befalling.act(call);
  if (kind === 'a page of HTML') return replyFrom(status, bytes('<!doctype html><title>Welcome</title>'), 1024);
  return replyFrom(status, bytes(JSON.stringify(body).slice(0, -3)), 1024);
}

const other = '00000000-0000-4000-8000-00000000dead';
const yesOf = ({ system, call }: Call) => Object.entries(system.calls[call]?.answer?.means ?? {}).find(([, means]) => means === 'yes')?.[0];

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
