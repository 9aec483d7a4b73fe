import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import type { Sent } from './lines.ts';
import { type Stage, syncsIn, type Written } from './stage.ts';
import { systems } from './systems.ts';

/**
 * Rules of the calls to systems: the tenant's own token, one key for a call and its repeats, no
 * reversal of what was never called, the irreversible last.
 */
export function callsAreValid({ table, sent, writes }: Stage): string[] {
  const syncs = syncsIn(table);
  return [
    ...foreign(sent, syncs),
    ...keysOf(sent),
    ...neverAsked(sent, writes),
    ...tooEarly(sent, syncs),
    ...undecided(sent, writes),
  ];
}

/** A decision is written before the first call that follows it. */
function undecided(sent: Sent[], writes: Written[]): string[] {
  const turns = sent.filter(({ call }) => call === 'commit' || call === 'rollback');
  return turns.flatMap(({ outsideToken, system, call, at }) => {
    const decided = writes.some(
      ({ image, at: when }) =>
        image.outsideToken === outsideToken &&
        when <= at &&
        image.decision &&
        (image.decision.to === 'commit') === (call === 'commit'),
    );
    return decided
      ? []
      : [`${outsideToken.slice(0, 4)}: ${call} was asked of ${system}, and nothing had been decided`];
  });
}

/** No token is shared by two tenants. */
function foreign(sent: Sent[], syncs: Sync[]): string[] {
  const owners = Map.groupBy(sent, ({ outsideToken }) => outsideToken);
  const shared = [...owners]
    .filter(([, all]) => new Set(all.map(({ tenant }) => tenant)).size > 1)
    .map(([outsideToken]) => `${outsideToken} is of two tenants`);
  const wrong = syncs
    .filter(({ tenant, syncId, outsideToken }) => outsideTokenOf(tenant, syncId) !== outsideToken)
    .map(({ pk }) => `${pk}: not its own token`);
  return [...shared, ...wrong];
}

/** A call and its repeats have one key, and no other call has it. */
function keysOf(sent: Sent[]): string[] {
  const asked = ({ outsideToken, system, call }: Sent) => `${outsideToken.slice(0, 4)} ${system}.${call}`;
  const keys = Map.groupBy(sent, asked);
  const calls = Map.groupBy(sent, ({ key }) => key);
  return [
    ...[...keys]
      .filter(([, all]) => new Set(all.map(({ key }) => key)).size > 1)
      .map(([name]) => `${name} was asked under two keys`),
    ...[...calls]
      .filter(([, all]) => new Set(all.map(asked)).size > 1)
      .map(([key]) => `${key} names two calls`),
  ];
}

/**
 * Only a possible effect is rolled back: a commit after the decision to commit, or a reservation.
 */
function neverAsked(sent: Sent[], writes: Written[]): string[] {
  const reversals = sent.filter(({ call }) => call === 'rollback');
  return reversals.flatMap(({ outsideToken, system, at }) => {
    // The caller may have died before it wrote the call down, but no call precedes the decision.
    const decided = writes.some(
      ({ image, at: when }) =>
        image.outsideToken === outsideToken && when <= at && image.decision?.to === 'commit',
    );
    const asked = decided || systems[system].capabilities.prepare === 'reserve';
    return asked ? [] : [`${outsideToken.slice(0, 4)}: ${system} was reversed, and was never asked`];
  });
}

/** A system that cannot be undone is called only when all others have committed. */
function tooEarly(sent: Sent[], syncs: Sync[]): string[] {
  const final = sent.filter(
    ({ system, call }) => call === 'commit' && systems[system].capabilities.undo === 'none',
  );
  return final.flatMap(({ outsideToken, system, stood }) => {
    const plan = syncs.find((sync) => sync.outsideToken === outsideToken)?.plan.systems ?? [];
    return plan
      .filter(({ name }) => name !== system && stood[name] !== 'committed')
      .map(
        ({ name }) =>
          `${outsideToken.slice(0, 4)}: ${system} cannot be undone, and was asked while ${name} was ${stood[name]}`,
      );
  });
}
