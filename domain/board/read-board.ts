import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/table.ts';

export type Site = { site: string; free: number; taken: number };

/** Free and taken per site, by name of the site; a site whose last slot has moved away is not shown. */
export async function readBoard({ table }: Store, tenant: string): Promise<Site[]> {
  const sites: Site[] = [];
  for (let after: string | undefined; ; ) {
    const page = await table.queryItems({
      label: 'read-board',
      pk: keys.boardSite(tenant, '').pk,
      prefix: 'site#',
      ...(after && { after }),
    });
    sites.push(
      ...page.items.map((item) => ({
        site: String(item.site),
        free: Number(item.free),
        taken: Number(item.taken),
      })),
    );
    after = page.last;
    if (!after) return sites.filter(({ free, taken }) => free + taken > 0);
  }
}
