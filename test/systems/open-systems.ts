import { onTestFinished } from 'vitest';
import { serveSystems } from '#examples/systems/serve.ts';
import { talk } from './partner-client.ts';

/** The outside systems for one test, with plain HTTP clients. */
export async function openSystems() {
  const { systems, close } = await serveSystems();
  onTestFinished(close);
  const { clearinghouse, eligibility, cheques, dashboard, debit } = systems;
  return {
    clearinghouse: talk(clearinghouse.url),
    eligibility: talk(eligibility.url),
    debit: talk(debit.url, { 'x-api-key': 'debit-demo-key' }),
    cheques: talk(cheques.url),
    dashboard: talk(dashboard.url),
    close,
  };
}

export const inAMinute = () => new Date(Date.now() + 60_000).toISOString();
export const order = (fields: object = {}) => ({
  key: 'k',
  amount: 0,
  currency: 'USD',
  slot: 7,
  not_after: inAMinute(),
  ...fields,
});
