import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/table.ts';
import type { Standing } from './standing.ts';

/** Every system that has ever failed or been touched by an operator. */
export const readStandings = async ({ table }: Pick<Store, 'table'>): Promise<Standing[]> =>
  (await table.queryItems({ label: 'read-standings', pk: keys.standing('').pk })).items as Standing[];
