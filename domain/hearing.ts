import { type Phase, phases } from '#systems/contract.ts';
import { syncTools } from './sync-tools.ts';
import { hearSync } from './syncs/hear-sync.ts';

export { phases };

/** What a hook is told, in its own words. `event_id` is the token that the system was called with. */
type Heard = {
  tenant: string;
  system: string;
  event_id: string;
  phase: Phase;
  result: 'yes' | 'no';
  reason?: string | undefined;
  valid_until?: string | undefined;
};

export const hear = ({ event_id: wire, result, valid_until, ...said }: Heard) =>
  hearSync(
    { ...said, wire, yes: result === 'yes', validUntil: valid_until ? Date.parse(valid_until) : undefined },
    syncTools(),
  );
