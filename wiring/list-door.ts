import type { Item, Page } from '#lib/aws/table.ts';
import { systemClock } from '#lib/clock.ts';
import type { Declaration, DeclaredContract, DeclaredRun } from '#lib/http/declaration.ts';
import type { DoorRequest } from '#lib/http/endpoint.ts';
import { listAnswer } from '#lib/http/list-answer.ts';
import type { untilNew } from '#lib/http/long-poll.ts';
import type { operatorDoor, tenantDoor } from './access.ts';

type ListDeclaration = Declaration & { answers: { 200: unknown } };
type Request<A extends Declaration> = Parameters<DeclaredRun<A>>[0];
/** What one read of a list gets: the path, the filters, and the range of the page. */
type Asking<A extends Declaration> = Omit<Request<A>['query'], 'limit' | 'cursor' | 'wait'> &
  Request<A>['path'] & { limit: number; after: string | undefined };

/**
 * `list`: the route of the list, which seals its cursors. `show`: a row's answer, its `view` if
 * absent. `pages`: how often one answer reads the list at most. `waits`: for a query with `wait`.
 */
type Listing = {
  list: string;
  show?: (row: Item) => unknown;
  pages?: number;
  waits?: typeof untilNew;
};

/** A door that answers with a list, page by page; `read` is the list operation. */
export const listDoor = <A extends ListDeclaration = never>(
  door: typeof tenantDoor | typeof operatorDoor,
  { list, show = ({ view }) => view, pages, waits, ...contract }: NoInfer<DeclaredContract<A>> & Listing,
  read: NoInfer<(tenant: string, asking: Asking<A>) => Promise<Page>>,
) => {
  const run = ({ path, query, caller: { tenant }, event }: ListRequest) => {
    const { limit, cursor, wait = 0, ...filter } = query;
    const route = list.replaceAll(/\{(\w+)\}/g, (_, name) => String(path[name]));
    const asked = { tenant, route, filter, event, limit, cursor, ...(pages && { pages }) };
    const answer = () =>
      listAnswer(asked, (range) => read(tenant, { ...path, ...filter, ...range } as Asking<A>), show);
    return waits ? waits(event, wait, systemClock, answer) : answer();
  };
  return door(contract as never, run as never);
};

type ListQuery = { limit: number; cursor: string | undefined; wait?: number; [filter: string]: unknown };
type ListRequest = DoorRequest<Record<string, unknown>, ListQuery, unknown>;
