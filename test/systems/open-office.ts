import { onTestFinished } from 'vitest';
import { serveDashboard } from '#examples/systems/dashboard.ts';
import { serveDebit } from '#examples/systems/debit.ts';
import { serveGazette } from '#examples/systems/gazette.ts';
import { serveLetters } from '#examples/systems/letters.ts';
import { serveVault } from '#examples/systems/vault.ts';
import { type Clock, systemClock } from '#lib/clock.ts';
import dashboard from '#systems/dashboard.json' with { type: 'json' };
import debit from '#systems/debit.json' with { type: 'json' };
import { manifest } from '#systems/manifest.ts';
import gazette from '#test/participants/gazette.json' with { type: 'json' };
import letters from '#test/participants/letters.json' with { type: 'json' };
import vault from '#test/participants/vault.json' with { type: 'json' };
import { inAMinute } from './open-systems.ts';
import { talk } from './partner-client.ts';

/** Every office of syncs, with its manifest. */
export const offices = {
  debit: { serve: serveDebit, manifest: manifest.parse(debit), headers: { 'x-api-key': 'debit-demo-key' } },
  vault: { serve: serveVault, manifest: manifest.parse(vault), headers: {} },
  dashboard: { serve: serveDashboard, manifest: manifest.parse(dashboard), headers: {} },
  letters: { serve: serveLetters, manifest: manifest.parse(letters), headers: {} },
  gazette: { serve: serveGazette, manifest: manifest.parse(gazette), headers: {} },
};
export type Office = keyof typeof offices;

type Fields = { token?: string; delta_usd?: number; not_after?: string };

/** One office for one test, called through its manifest only. */
export async function openOffice(name: Office, clock: Clock = systemClock) {
  const { serve, headers, manifest } = offices[name];
  const served = await serve({ clock });
  onTestFinished(() => served.close());
  const office = talk(served.url, headers);

  const requestOf = (call: string, { token = 't', delta_usd = 25, not_after = inAMinute() }: Fields = {}) => {
    const described = manifest.calls[call];
    if (!described?.path) throw new Error(`${name} has no call ${call}`);
    const values: Record<string, unknown> = {
      token,
      not_after,
      'payload.state': 'OH',
      'payload.delta_usd': delta_usd,
    };
    const fields = Object.entries((described.body ?? {}) as Record<string, string>).map(([field, hole]) => [
      field,
      values[hole.slice(1, -1)],
    ]);
    const body = described.method === 'GET' ? undefined : Object.fromEntries(fields);
    return [described.path.replace('{token}', encodeURIComponent(token)), body] as const;
  };
  return {
    ...office,
    kill: served.kill,
    revive: served.revive,
    raw: (call: string, fields?: Fields) => office.raw(...requestOf(call, fields)),
    ask: async (call: string, fields?: Fields) => {
      const [path, body] = requestOf(call, fields);
      const response = body ? await office.post(path, body) : await office.get(path);
      return `${response.status} ${response.body.error ?? response.body.status}`;
    },
    effects: async (token = 't') =>
      ((await office.books()).entries.find((entry) => entry.token === token)?.effects ?? {}) as Partial<
        Record<string, number>
      >,
  };
}
