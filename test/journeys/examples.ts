import { expect } from 'vitest';
import { type Caller, callerOf } from '#examples/labs/caller.ts';
import { issueKey } from '#local/issue-key.ts';
import { type Document, type Listed, operationsOf } from '#openapi/page/document.ts';
import { requestOf } from '#openapi/page/request.ts';
import { newName, running, store } from './running-lockstep.ts';

/** A new tenant with a key of each role, for calling a document's examples. */
export type Exemplar = {
  name: string;
  keys: Record<string, string>;
  publisher: Caller;
  operator: Caller;
};
export async function newExemplar(): Promise<Exemplar> {
  const name = newName();
  const keys: Record<string, string> = { system: await issueKey(store, name, 'system', 'debit') };
  for (const role of ['booker', 'scheduler', 'publisher', 'operator'] as const)
    keys[role] = await issueKey(store, name, role);
  const as = (role: string) => callerOf(running.baseUrl, keys[role]);
  return { name, keys, publisher: as('publisher'), operator: as('operator') };
}

/**
 * Calls the operations of a served document by its own examples, with keys of the declared roles.
 * `rest` calls all that are left; `given` are ids and tags of this run.
 */
export async function examplesAt(tenant: Exemplar, path: string, key?: string) {
  const served = await callerOf(running.baseUrl, key)('GET', path);
  expect(served.status).toBe(200);
  const document = served.body as unknown as Document;
  const server = new URL(document.servers[0].url, running.baseUrl + path).href;
  const operations = document.tags.flatMap(({ name }) => operationsOf(document, name));
  const left = new Set(operations.map(({ operationId }) => operationId));
  const call = async (id: string, given: Record<string, string> = {}): Promise<Record<string, unknown>> => {
    const operation = operations.find(({ operationId }) => operationId === id);
    if (!operation) throw new Error(`${path} has no ${id}`);
    const request = requestOf(server, operation, filled(operation, tenant, given));
    const answer = await fetch(request.url, request);
    const text = await answer.text();
    expect(answer.status, `${id}: ${text}`).toBeLessThan(300);
    left.delete(id);
    return text === '' ? {} : JSON.parse(text);
  };
  const rest = async () => {
    for (const id of [...left]) await call(id);
  };
  return { call, rest };
}

function filled(operation: Listed, { keys }: Exemplar, given: Record<string, string>) {
  const examples = (operation.parameters ?? [])
    .filter(({ example }) => example !== undefined)
    .map((each) => [`${each.in}.${each.name}`, String(each.example)]);
  const body = operation.requestBody?.content['application/json']?.example as object | undefined;
  const fields = Object.entries(given).flatMap(([at, value]) =>
    at.startsWith('body.') ? [[at.slice('body.'.length), value]] : [],
  );
  const role = /Needs a key of the role `(\w+)`/.exec(operation.description)?.[1] ?? 'booker';
  return {
    values: { ...Object.fromEntries(examples), ...given },
    body: body ? JSON.stringify({ ...body, ...Object.fromEntries(fields) }) : '',
    key: operation.security ? '' : (keys[role] ?? ''),
  };
}
