import ts from 'typescript';
import type { Source } from './tree.ts';

/** A leg of the way: the door that it starts at, and the code that passes the payload on. */
type Stage = { door: string; end: RegExp };

/**
 * A payload's way from the caller to an outside system. Legs end at a call (update the item,
 * start the execution, invoke the adapter, send the request) because files move.
 */
const stages: Stage[] = [
  { door: 'functions/api/v1/syncs.post.ts', end: /\bUpdateItem/ },
  { door: 'functions/streams/relay.ts', end: /\bStartExecution/ },
  { door: 'functions/saga/prepare.ts', end: /\bInvokeCommand\b/ },
  { door: 'functions/adapters/rest.ts', end: /from 'node:https'/ },
];

/**
 * The files that a reader opens to follow a payload: from each door, those that name `payload` or
 * end the leg, and the shortest chain of value imports to each. It is a lower bound, since calls
 * to injected tools are not seen.
 */
export function payloadWay(sources: Source[]): string[] {
  const known = new Map(sources.map((source) => [source.path, source]));
  const handles = new Set(sources.filter(namesPayload).map(({ path }) => path));
  const way = stages.flatMap(({ door, end }) => {
    if (!known.has(door)) throw new Error(`There is no ${door}: the way of a payload begins elsewhere`);
    const parents = reached(door, known);
    const stations = [...parents.keys()].filter(
      (path) => handles.has(path) || end.test(withoutComments(known.get(path)!.text)),
    );
    return stations.flatMap((path) => chain(path, parents));
  });
  return [...new Set(way)].sort();
}

/**
 * Breadth first: each file that a door imports, with the file that imports it first. Type imports
 * come last and are not followed.
 */
function reached(door: string, known: Map<string, Source>): Map<string, string | undefined> {
  const parents = new Map<string, string | undefined>([[door, undefined]]);
  const visit = (path: string, typeOnly: boolean) => {
    for (const { to, ...found } of known.get(path)?.imports ?? [])
      if (found.typeOnly === typeOnly && known.has(to) && !parents.has(to)) parents.set(to, path);
  };
  for (const path of parents.keys()) visit(path, false);
  for (const path of [...parents.keys()]) visit(path, true);
  return parents;
}

function chain(path: string, parents: Map<string, string | undefined>): string[] {
  const parent = parents.get(path);
  return parent === undefined ? [path] : [path, ...chain(parent, parents)];
}

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/ .*/g, '');

function namesPayload({ path, text }: Source): boolean {
  if (!text.includes('payload')) return false;
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const names = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === 'payload') || (ts.forEachChild(node, names) ?? false);
  return names(tree);
}
