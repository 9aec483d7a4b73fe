import { adapterFunctions } from '#lib/adapters.ts';
import { env } from '#lib/env.ts';
import { objects } from '#lib/objects.ts';
import { once } from '#lib/once.ts';
import { store } from '#lib/store.ts';
import { keepResultOn } from './keeping.ts';
import type { Heard } from './participants/participant.ts';
import { standingsOn } from './participants/standings.ts';
import { syncTools } from './sync-tools.ts';
import type { Tools } from './syncs/conduct.ts';

/** What the conductors work with, made at first use. An adapter that cannot be invoked, or fails, has said nothing: the call may have been made. */
export const sagaTools = /* @__PURE__ */ once((): Tools => {
  const adapters = adapterFunctions;
  return {
    ...syncTools(),
    standings: standingsOn(store(), env('SYSTEMS').split(',').filter(Boolean)),
    keepResult: keepResultOn({ objects: objects() }),
    ask: async ({ system: { name: system, adapter, digest }, ...asked }) => {
      try {
        return (await adapters.invokeAdapter(adapter, { ...asked, system, digest })) as Heard;
      } catch (error) {
        // Lambda has turned it away, so nobody was asked. Whatever else went wrong, it is not the system's doing.
        const sent = (error as Error).name !== 'TooManyRequestsException';
        const unknown = { reason: 'its adapter could not be reached', held: true };
        return {
          said:
            asked.phase === 'query'
              ? { stands: 'unknown', ...unknown }
              : { vote: 'unknown', sent, ...unknown },
        };
      }
    },
  };
});
