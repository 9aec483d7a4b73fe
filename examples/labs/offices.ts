import * as z from 'zod';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import type { Stage } from './lab.ts';

/** The systems that a benefit is adjusted at. */
export const officeNames = ['debit', 'cheques', 'dashboard'] as const;
export type OfficeName = (typeof officeNames)[number];
type Phase = 'prepare' | 'commit' | 'rollback';

const entry = z.looseObject({
  token: z.string(),
  state: z.enum(['absent', 'reserved', 'committed', 'rolled-back', 'partial']),
  delta_usd: z.number().optional(),
  effects: z.record(z.string(), z.int()),
  /** Of a batch: the items that are in effect now, and each chunk if the batch came in chunks. */
  items: z.object({ count: z.int(), amount_minor: z.int() }).optional(),
  chunks: z.array(z.looseObject({ index: z.int(), effects: z.record(z.string(), z.int()) })).optional(),
});
const books = z.looseObject({ entries: z.array(entry) });
const totals = z.object({ total_usd: z.number() });
const fate = z.looseObject({ loaded: z.int(), reversed: z.int() });
export type OfficeEntry = z.output<typeof entry>;

/** The first file operation of each phase at the printer, which takes files. */
const inFiles: Record<Phase, string> = { prepare: 'write', commit: 'rename', rollback: 'remove' };

/** The three stand-ins of one tenant: their own books, and their death and return. */
export function officesOn({ systems, switchboard }: Pick<Stage, 'systems' | 'switchboard'>, tenant: string) {
  const at = (name: OfficeName) => systems[name]?.url ?? '';
  const post = async (url: string, body?: unknown) => {
    const json =
      body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(url, { method: 'POST', ...json });
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  };
  return {
    /**
     * The entry of a token in an office's books; undefined if there is none. Throws if the office
     * is dead.
     */
    async entry(name: OfficeName, syncId: string): Promise<OfficeEntry | undefined> {
      const answer = await fetch(`${at(name)}/books`);
      return books
        .parse(await answer.json())
        .entries.find((one) => one.token === outsideTokenOf(tenant, syncId));
    },
    /**
     * How often an office that takes single items has loaded this one, and how often reversed it.
     */
    async item(
      name: 'debit' | 'cheques',
      syncId: string,
      id: string,
    ): Promise<{ loaded: number; reversed: number }> {
      const answer = await fetch(
        `${at(name)}/books/items/${outsideTokenOf(tenant, syncId)}/${encodeURIComponent(id)}`,
      );
      return fate.parse(await answer.json());
    },
    /** The public total, in US dollars. */
    total: async (): Promise<number> =>
      totals.parse(await (await fetch(`${at('dashboard')}/totals`)).json()).total_usd,
    kill: (name: OfficeName) => post(`${switchboard}/kill/${name}`),
    revive: (name: OfficeName) => post(`${switchboard}/revive/${name}`),
    /** The system dies when it is next asked for this phase of the token, before it acts. */
    dieAt: (name: OfficeName, phase: Phase, syncId: string) =>
      post(`${at(name)}/control`, {
        call: name === 'cheques' ? inFiles[phase] : phase,
        behaviour: 'die',
        key: outsideTokenOf(tenant, syncId),
      }),
  };
}

export type Offices = ReturnType<typeof officesOn>;
