import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Actor } from '#bench/actors.ts';
import type { Cloud } from '#bench/cloud.ts';
import type { Office } from '#bench/office-books.ts';
import type { Tasks } from '#bench/task-runner.ts';
import { benefitAdjusted } from '#events/benefit.adjusted.ts';
import type { Item, Table } from '#lib/aws/table.ts';
import type { Outside } from '#lib/outside/outside.ts';
import type { Manifest } from '#systems/manifest.ts';

/** A definite no: it is not retried, and finished calls are undone. */
class Refused extends Error {
  override readonly name = 'Refused';
}
/** An outage: the state is retried. */
class Outage extends Error {
  override readonly name = 'Outage';
}

const offices: Record<string, Office> = { Debit: 'debit', Cheques: 'cheques', Dashboard: 'dashboard' };
const phases = { Prepare: 'prepare', Commit: 'commit', RollBack: 'rollback' } as const;
export type Input = { change: string; state: string; item: { id: string; amount_minor: number } };
type Given = { cloud: Cloud; outside: Outside; ledger: (actor: Actor) => Table; published: unknown[] };

const limitMs = 5_000;

/**
 * A small function for each call, and the two services that the definition calls itself: the
 * ledger table and the bus.
 */
export function tasksOf(given: Given): Tasks {
  const calls = Object.entries(offices).flatMap(([title, office]) =>
    Object.entries(phases).map(
      ([verb, phase]) => [`${verb}${title}`, phaseCall(given, office, phase)] as const,
    ),
  );
  const rows = [
    'Accepted',
    'Succeeded',
    'CommitRefused',
    'RolledBack',
    ...Object.keys(offices).flatMap(rowsOf),
  ];
  return {
    Validate: (input) => given.cloud.invoke('validate', async () => validated(input as Input)),
    ...Object.fromEntries(calls),
    ...Object.fromEntries(rows.map((name) => [name, putItemTask(given)])),
    ...Object.fromEntries(['TellSuccess', 'TellRollback'].map((name) => [name, publishTask(given)])),
  };
}

const rowsOf = (title: string) =>
  ['Prepared', 'Committed', 'Refused', 'RolledBack'].map((done) => `${title}${done}`);

function validated({ state, item }: Input) {
  benefitAdjusted.batch.item.parse(item);
  benefitAdjusted.data.parse({ state, delta_usd: item.amount_minor / 100 });
  return { valid: true };
}

/** Its token is the same in every attempt, so that an office recognises a repeat. */
function phaseCall(
  { cloud, outside }: Given,
  office: Office,
  phase: 'prepare' | 'commit' | 'rollback',
): Tasks[string] {
  return async (input) => {
    const { change, state, item } = input as Input;
    const syncId = `${change}:${item.id}`;
    const call = {
      system: { name: office } as Manifest,
      call: phase,
      key: `${syncId}:${office}:${phase}`,
      about: syncId,
      headers: {},
    };
    return cloud.invoke(`${phase} ${office}`, async () => {
      const body = { event_id: syncId, state, delta_usd: item.amount_minor / 100 };
      const reply = await cloud
        .outside(() => outside({ ...call, body, notAfter: cloud.clock.now() + limitMs }))
        .catch((cause: unknown) => {
          throw new Outage('No answer', { cause });
        });
      // A call that never arrived needs no undo.
      if (phase === 'rollback' && reply.status === 404) return { status: 'nothing there' };
      if (reply.status >= 500) throw new Outage(`${office} answers ${reply.status}`);
      if (reply.status >= 400) throw new Refused(`${office} refuses`);
      return reply.body as Record<string, unknown>;
    });
  };
}

function putItemTask({ cloud, ledger }: Given): Tasks[string] {
  return async (input) => {
    const item = unmarshall((input as { Item: Parameters<typeof unmarshall>[0] }).Item) as Item;
    // A repeat overwrites its own row, as in a textbook saga.
    const condition = 'attribute_exists(#pk) OR attribute_not_exists(#pk)';
    await ledger(cloud.actor('ledger')).putItem({ label: 'put-row', item, condition });
    return {};
  };
}

function publishTask({ cloud, published }: Given): Tasks[string] {
  return async (input) => {
    const bus = cloud.actor('bus');
    bus.spend('event');
    await bus.call('put-events', async () => void published.push(input));
    return {};
  };
}
