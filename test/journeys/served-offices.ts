import { randomUUID } from 'node:crypto';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { uuid8 } from '#lib/uuid.ts';
import type { Totals } from '#systems/protocol.ts';
import { eventually, newTenant, running, send, type Tenant } from './running-lockstep.ts';

export const officeNames = ['debit', 'cheques', 'dashboard'] as const;
export type OfficeName = (typeof officeNames)[number];
/**
 * An office's own record of a sync. For a batch, `items` are its totals and `chunks` the effects
 * of each chunk.
 */
type Entry = {
  token: string;
  state: string;
  delta_usd?: number;
  effects: Record<string, number>;
  items?: Totals;
  chunks?: { index: number; effects: Record<string, number> }[];
};
export type Order = {
  call: string;
  behaviour: string;
  times?: number;
  delayMs?: number;
  key?: string;
  chunk?: number;
  item?: string;
};

const at = (name: OfficeName): string => running.systems[name]?.url ?? '';
const read = async <T>(name: OfficeName, page: string) =>
  (await (await fetch(`${at(name)}${page}`)).json()) as T;
const switched = async (verb: 'kill' | 'revive', name: OfficeName) =>
  void (await fetch(`${running.switchboard}/${verb}/${name}`, { method: 'POST' }));

/**
 * The three offices of a benefit adjustment: they misbehave, die, come back, and show their
 * books.
 */
export const offices = {
  tell: (name: OfficeName, order: Order) => send(`${at(name)}/control`, order),
  kill: (name: OfficeName) => switched('kill', name),
  revive: (name: OfficeName) => switched('revive', name),
  isUp: (name: OfficeName): Promise<boolean> =>
    read(name, '/health').then(
      () => true,
      () => false,
    ),
  /**
   * The office's own record of a tenant's token; for the printer, also the files in its folder.
   */
  async entry(name: OfficeName, tenant: string, token: string): Promise<Entry | undefined> {
    const outsideToken = outsideTokenOf(tenant, token);
    const held =
      name === 'cheques' && (await isHeld(outsideToken)) ? { ...blank, token: outsideToken } : undefined;
    const { entries } = await read<{ entries: Entry[] }>(name, '/books');
    const entry = entries.find(({ token }) => token === outsideToken);
    return !entry || entry.state === 'absent' ? (held ?? entry) : entry;
  },
  /** How often an office that books single items has loaded and reversed this item of a batch. */
  item: (name: 'debit' | 'cheques', tenant: string, token: string, id: string) =>
    read<{ loaded: number; reversed: number }>(name, `/books/items/${outsideTokenOf(tenant, token)}/${id}`),
  /** Whether an office has had a call about this sync that it was told to misbehave in. */
  async met(name: OfficeName, outsideToken: string, behaviour: string): Promise<boolean> {
    const { arrivals } = await read<{ arrivals: { key: string; behaviour?: string }[] }>(name, '/books');
    return arrivals.some((one) => one.key === outsideToken && one.behaviour === behaviour);
  },
};

const blank = { state: 'reserved', effects: { prepare: 0, commit: 0, rollback: 0, release: 0 } };
/**
 * A written file that can still be handed over counts as reserved, although the printer's books
 * do not have it yet.
 */
async function isHeld(outsideToken: string): Promise<boolean> {
  const { files } = await read<{ files: string[] }>('cheques', '/files');
  const name = `LS-${outsideToken.replaceAll('-', '')}`;
  return files.includes(`${name}.part`) && !files.includes(`${name}.void`);
}

type Sync = { sync_id: string; state: string; systems: Record<string, unknown>[] } & Record<string, unknown>;

/** A tenant's publisher, with helpers from the event to its result. */
export async function newPublisher(): Promise<
  Tenant & {
    emit: Emit;
    within: Within;
    sync: (id: string) => Promise<Sync>;
    comes: Comes;
    states: States;
  }
> {
  const tenant = await newTenant();
  const emit: Emit = (id, delta_usd = 25) =>
    tenant.publisher('POST', '/api/v1/events', {
      body: { id, type: 'benefit_adjusted', payload: { state: 'OH', delta_usd } },
    });
  const within: Within = (seconds) => {
    const key = randomUUID();
    const ask = () =>
      tenant.publisher('POST', '/api/v1/syncs', {
        headers: { 'Idempotency-Key': key },
        body: {
          type: 'benefit.adjusted',
          payload: { state: 'OH', delta_usd: 25 },
          deadline: new Date(Date.now() + seconds * 1_000).toISOString(),
        },
      });
    return { id: uuid8(tenant.name, 'syncs', key), ask };
  };
  const sync = async (id: string) => (await tenant.publisher('GET', `/api/v1/syncs/${id}`)).body as Sync;
  const comes: Comes = (id, state, limitMs) =>
    eventually(
      () => sync(id),
      (seen) => seen.state === state,
      limitMs,
    );
  const states: States = async (id) => {
    return Promise.all(
      officeNames.map(async (name) => (await offices.entry(name, tenant.name, id))?.state ?? 'absent'),
    );
  };
  return { ...tenant, emit, within, sync, comes, states };
}
type Emit = (id: string, delta_usd?: number) => ReturnType<Tenant['publisher']>;
/** The same change with its own deadline; its id is known before the request. */
type Within = (seconds: number) => { id: string; ask: () => ReturnType<Tenant['publisher']> };
type Comes = (id: string, state: string, limitMs?: number) => Promise<Sync>;
type States = (id: string) => Promise<string[]>;
/** A change whose payee fits no record of the printer. */
export const unwritable = {
  type: 'benefit.adjusted',
  payload: { state: 'OH', delta_usd: 25 },
  items: [{ id: 'p-1', amount_minor: 2_500, payee: '北' }],
};
