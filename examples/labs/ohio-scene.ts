import { randomBytes, randomUUID } from 'node:crypto';
import type { CloudEvent } from '#events/event.ts';
import { type Caller, callerOf } from './caller.ts';
import { eventually } from './eventually.ts';
import type { Stage } from './lab.ts';
import { liveTable } from './live-table.ts';
import { type OfficeName, type Offices, officeNames, officesOn } from './offices.ts';
import type { Story } from './story.ts';
import { tapBus } from './tap.ts';

/**
 * The tenant, keys and systems of a lab. `id`: the id of the event and the sync, and the rollback
 * token.
 */
export type Scene = {
  story: Story;
  stage: Stage;
  tenant: string;
  baseUrl: string;
  publisher: Caller;
  operator: Caller;
  offices: Offices;
  heard: CloudEvent[];
  id: string;
};
type Known = { vote: string; attempts: number };
export type SystemView = { system: OfficeName; last_error?: string } & Partial<
  Record<'prepare' | 'commit' | 'rollback', Known>
>;
export type SyncView = {
  state: string;
  outside_token: string;
  accepted_at: string;
  ended_at?: string;
  decision?: { to: string; reason: string };
  parked?: { reason: string };
  systems: SystemView[];
};

/** Plays on a new tenant, with a subscriber on the bus that is removed at the end. */
export async function onScene(
  stage: Stage,
  story: Story,
  play: (scene: Scene) => Promise<void>,
): Promise<void> {
  const tenant = `ohio-${randomBytes(4).toString('hex')}`;
  const tap = await tapBus(stage);
  try {
    const { baseUrl, keyFor } = stage;
    const as = async (role: 'publisher' | 'operator') => callerOf(baseUrl, await keyFor(tenant, role));
    const [publisher, operator] = [await as('publisher'), await as('operator')];
    const offices = officesOn(stage, tenant);
    await play({
      story,
      stage,
      tenant,
      baseUrl,
      publisher,
      operator,
      offices,
      heard: tap.heard,
      id: randomUUID(),
    });
  } finally {
    await tap.close();
  }
}

/** An analyst's event as a curl command; the same bytes are sent. */
export async function emit({ story, baseUrl, publisher, id }: Scene) {
  const body = [
    `{ "id": "${id}",`,
    '        "type": "benefit_adjusted",',
    '        "payload": { "state": "OH", "delta_usd": 25 } }',
  ];
  story.show(`API=${baseUrl}`);
  story.show('curl -X POST $API/api/v1/events -H "Authorization: Bearer $KEY" \\');
  story.show('  -H "Content-Type: application/json" \\');
  for (const line of `  -d '${body.join('\n')}'`.split('\n')) story.show(line);
  const answer = await publisher('POST', '/api/v1/events', { body: body.join('\n') });
  for (const [name, value] of Object.entries(answer.body)) story.tell(`${name}: ${value}`);
  const { sync_id, rollback_token } = answer.body;
  const taken = answer.status === 202 && sync_id === id && rollback_token === id;
  story.claim('202: accepted, and its id is the rollback token', taken, answer.body);
  return { answer, again: () => publisher('POST', '/api/v1/events', { body: body.join('\n') }) };
}

const columns = [
  { title: 'system', width: 11 },
  ...['prepare', 'commit', 'rollback'].map((title) => ({ title, width: 13 })),
  { title: 'its own books', width: 13 },
];

/**
 * Shows the sync and the three systems as they change, until the sync is in one of these states.
 */
export async function watch({ publisher, offices, id, story }: Scene, ...ends: string[]): Promise<SyncView> {
  const table = liveTable({ columns });
  story.show('');
  const sync = await eventually(
    async () => {
      const seen = (await publisher('GET', `/api/v1/syncs/${id}`)).body as SyncView;
      const states = await Promise.all(officeNames.map((name) => stateAt(offices, name, id)));
      table.draw([
        ...officeNames.map((name, i) => rowOf(seen, name, states[i] as string)),
        ['Lockstep', seen.state.replace('_', ' ')],
      ]);
      return seen;
    },
    ({ state }) => ends.includes(state),
    120_000,
  );
  story.show('');
  return sync;
}

/** The entry of a token in an office's own books; `dead` if the office does not answer. */
export async function stateAt(offices: Offices, name: OfficeName, id: string): Promise<string> {
  try {
    return (await offices.entry(name, id))?.state ?? 'absent';
  } catch {
    return 'dead';
  }
}

function rowOf({ systems }: SyncView, name: OfficeName, state: string): string[] {
  const view = systems.find(({ system }) => system === name);
  const said = (known?: Known) =>
    known ? `${known.vote}${known.attempts > 1 ? ` ×${known.attempts}` : ''}` : '·';
  return [
    name,
    said(view?.prepare),
    said(view?.commit),
    said(view?.rollback),
    state === 'absent' ? '·' : state.replace('-', ' '),
  ];
}
