import { keys } from '#domain/keys.ts';
import { chained, noHash } from '#domain/syncs/ledger-chain.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { watched } from '#domain/syncs/saga/transitions.ts';
import type { Limits, Plan, Sync } from '#domain/syncs/sync.ts';
import { digest } from '#lib/ids.ts';
import type { Pinned } from '#systems/protocol.ts';

/**
 * A requested sync. `deadline` in ms; `route` distinguishes the two doors, `attempt` this call
 * from its repeats.
 */
export type NewSync = {
  tenant: string;
  syncId: string;
  route: string;
  type: string;
  payload: Record<string, unknown>;
  deadline: number;
  onCommitFailure: 'retry' | 'compensate';
  batch?: Pinned | undefined;
  long?: boolean | undefined;
  taskToken?: string | undefined;
  /** The fields that must match for two calls to be the same request. */
  asked: object;
};

/** Digest that makes two requests the same: of the normalised command, not of bytes. */
export const syncRequestDigest = ({
  route,
  type,
  payload,
  asked,
}: Pick<NewSync, 'route' | 'type' | 'payload' | 'asked'>): string => digest(route, type, payload, asked);

/** The first version of the item, with its plan frozen into it. */
export function newSync(command: NewSync, plan: Plan, attempt: string, at: number, limits: Limits): Sync {
  const { tenant, syncId, taskToken, batch, long, asked: _, ...fields } = command;
  const sync = {
    ...blank(tenant, syncId, at, attempt),
    ...fields,
    request: syncRequestDigest(command),
    plan,
    ...(taskToken && { taskToken }),
    ...(batch && { batch }),
    ...(long && { long }),
    event: { type: 'sync.accepted', at, starts: true },
  };
  const policies = plan.policy.map(({ system, takes, inputs }) => ({
    ...{ system, action: 'policy', result: takes ? 'takes' : 'skipped' },
    ...(Object.keys(inputs).length > 0 && { detail: JSON.stringify(inputs) }),
  }));
  const accepted = {
    ...{
      system: 'lockstep',
      action: 'accept',
      result: 'accepted',
      detail: `${command.type}, grade ${plan.grade}`,
    },
    ...(batch && { batch: { count: batch.count, amount_minor: batch.amount_minor, root: batch.root } }),
  };
  return watched(chained(sync, at, [accepted, ...policies]), at, limits);
}

/**
 * The item of a sync that was undone before it was accepted. A later request with its id meets
 * this.
 */
export function undoneSync(tenant: string, syncId: string, by: string, attempt: string, at: number): Sync {
  const sync: Sync = {
    ...blank(tenant, syncId, at, attempt),
    ...{
      state: 'undone',
      endedAt: at,
      decision: { to: 'undo', at, why: 'undone before it was accepted' },
      undo: { at, by },
    },
    event: { type: 'sync.undone', at },
  };
  return chained(sync, at, [
    { system: 'lockstep', action: 'undo', result: 'undone', detail: 'before the sync was accepted' },
  ]);
}

const blank = (tenant: string, syncId: string, at: number, attempt: string): Sync => {
  const outsideToken = outsideTokenOf(tenant, syncId);
  return {
    ...keys.sync(tenant, outsideToken),
    ...{ v: 1, eventV: 1, event: { type: 'sync.accepted', at }, attempt, tenant, syncId, outsideToken },
    ...{
      route: '',
      request: '',
      type: '',
      payload: {},
      acceptedAt: at,
      deadline: at,
      onCommitFailure: 'retry',
      state: 'preparing',
    },
    ...{
      epoch: 1,
      plan: { systems: [], policy: [], grade: 'A', gradeReason: '' },
      parts: {},
      waitTurns: 0,
      waitingFor: [],
    },
    ...{ rows: [], seq: 0, head: noHash },
  };
};
