import { wireOf } from '#domain/syncs/token.ts';
import { eventually, newTenant, running, send, type Tenant } from './here.ts';

export type OfficeName = 'debit' | 'cheques' | 'dashboard';
type Entry = { token: string; state: string; delta_usd?: number; effects: Record<string, number>; calls: { call: string }[] };
type Order = { call: string; behaviour: string; times?: number; delayMs?: number; key?: string };

const at = (name: OfficeName): string => running.systems[name]?.url ?? '';
const switched = async (verb: 'kill' | 'revive', name: OfficeName) =>
  void (await fetch(`${running.switchboard}/${verb}/${name}`, { method: 'POST' }));

/** The three offices that a benefit is adjusted at: made to misbehave, killed, revived, and their books read. */
export const offices = {
  tell: (name: OfficeName, order: Order) => send(`${at(name)}/control`, order),
  kill: (name: OfficeName) => switched('kill', name),
  revive: (name: OfficeName) => switched('revive', name),
  /** What the office itself has written of a tenant's token. */
  async entry(name: OfficeName, tenant: string, token: string): Promise<Entry | undefined> {
    const answer = await fetch(`${at(name)}/books`);
    const { entries } = (await answer.json()) as { entries: Entry[] };
    return entries.find((entry) => entry.token === wireOf(tenant, token));
  },
};

type Sync = { sync_id: string; state: string; systems: Record<string, unknown>[] } & Record<string, unknown>;

/** A tenant's publisher, with the way from an event to what became of it. */
export async function newPublisher(): Promise<Tenant & { emit: Emit; sync: (id: string) => Promise<Sync>; comes: Comes; states: States }> {
  const tenant = await newTenant();
  const emit: Emit = (id, delta_usd = 25) =>
    tenant.publisher('POST', '/api/v1/events', { body: { id, type: 'benefit_adjusted', payload: { state: 'OH', delta_usd } } });
  const sync = async (id: string) => (await tenant.publisher('GET', `/api/v1/syncs/${id}`)).body as Sync;
  const comes: Comes = (id, state) =>
    eventually(
      () => sync(id),
      (seen) => seen.state === state,
    );
  const states: States = async (id) => {
    const names: OfficeName[] = ['debit', 'cheques', 'dashboard'];
    return Promise.all(names.map(async (name) => (await offices.entry(name, tenant.name, id))?.state ?? 'absent'));
  };
  return { ...tenant, emit, sync, comes, states };
}
type Emit = (id: string, delta_usd?: number) => ReturnType<Tenant['publisher']>;
type Comes = (id: string, state: string) => Promise<Sync>;
type States = (id: string) => Promise<string[]>;
