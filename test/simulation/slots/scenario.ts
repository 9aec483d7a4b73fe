import { retry } from '#test/simulation/engine/calls.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import type { World } from '#test/simulation/engine/world.ts';
import type { Caller, Doors, Saw } from './clients.ts';

type Tools = { world: World; random: Random; doors: Doors };
/** The callers, their times, and how often they repeat a call that settles nothing. */
export type Plan = {
  slots: { tenant: string; slot: number }[];
  clients: Client[];
  puts: (Caller & { at: number })[];
  /** Eligibility refuses every client. */
  refuses?: boolean;
};
type Client = Caller & { at: number; cancels: boolean; late: boolean; patience: number };

/**
 * One to three slots, sometimes of two tenants, and clients of whom some share a key, and some a
 * key with another command.
 */
export function planFrom(random: Random): Plan {
  const slots = [
    { tenant: 'acme', slot: 42 },
    ...(random.chance(0.3) ? [{ tenant: 'zeta', slot: 42 }] : []),
    ...(random.chance(0.2) ? [{ tenant: 'acme', slot: 43 }] : []),
  ];
  const many = random.chance(0.05) ? 16 : 2 + random.whole(6);
  const rush = random.chance(0.5) ? 50 : random.between(1_000, 90_000);
  const keys = Array.from({ length: many }, (_, i) => `key-${i}`);
  const clients = keys.map((own) => ({
    ...random.pick(slots),
    key: random.chance(0.3) ? random.pick(keys) : own,
    ...(random.chance(0.15) && { brand: 'Pfizer' }),
    at: random.between(0, rush),
    cancels: random.chance(0.35),
    late: random.chance(0.3),
    patience: random.whole(5),
  }));
  const puts = random.chance(0.25) ? [{ ...random.pick(slots), key: '', at: random.between(0, 60_000) }] : [];
  return { slots, clients, puts };
}

export function play({ slots, clients, puts }: Plan, { world, random, doors }: Tools): void {
  for (const put of puts) world.after(put.at, () => void doors.put(put, 'any'));
  for (const client of clients) world.after(client.at, () => void live(client, { world, random, doors }));
  if (slots.length === 0) throw new Error('A plan without a slot checks nothing');
}

async function live(client: Client, tools: Tools): Promise<void> {
  const { world, random, doors } = tools;
  const saw = await until(client.patience, tools, () => doors.reserve(client));
  if (!('ok' in saw) || !client.cancels) return;
  await later(world, random.between(0, 90_000));
  await until(5, tools, () => doors.cancel(client, saw.ok));
  if (!client.late) return;
  await later(world, random.between(0, 120_000));
  await doors.reserve(client);
}

/** Repeats under the same key while the answer settles nothing. */
const until = (times: number, tools: Tools, ask: () => Promise<Saw>): Promise<Saw> =>
  retry(tools, { times, withinMs: 40_000, open: (saw) => !settled(saw) }, ask);

const open = new Set(['request-in-progress', 'check-unavailable', 'hold-lost', 'slot-unsettled']);
const settled = (saw: Saw): boolean => 'ok' in saw || ('problem' in saw && !open.has(saw.problem));
const later = (world: World, ms: number): Promise<void> => new Promise((resolve) => world.after(ms, resolve));
