import ts from 'typescript';
import type { Source } from './tree.ts';

/** Part of the way: the door that it begins at, and what the code says that carries the payload on to the next. */
type Leg = { door: string; end: RegExp };

/**
 * How a payload comes to a partner. The ends are named by what they call, since files move: the write that keeps it, the execution
 * that is started, the adapter that is invoked, the call to the partner.
 */
const legs: Leg[] = [
  { door: 'functions/api/v1/syncs.post.ts', end: /\bUpdateItem/ },
  { door: 'functions/streams/relay.ts', end: /\bStartExecution/ },
  { door: 'functions/saga/prepare.ts', end: /\bInvokeCommand\b/ },
  { door: 'functions/adapters/rest.ts', end: /from 'node:https'/ },
];

/**
 * The files that a reader opens to follow a payload to a partner. From each door, over its imports: the files that handle it (an
 * identifier `payload`) or end the leg, and the shortest chain of imports of values that joins each of them to the door. A type's
 * file counts where it declares the payload. Nothing is seen of calls to tools that are handed in, so it is a lower bound.
 */
export function payloadWay(sources: Source[]): string[] {
  const known = new Map(sources.map((source) => [source.path, source]));
  const handles = new Set(sources.filter(namesPayload).map(({ path }) => path));
  const way = legs.flatMap(({ door, end }) => {
    if (!known.has(door)) throw new Error(`There is no ${door}: the way of a payload begins elsewhere`);
    const parents = reached(door, known);
    const stations = [...parents.keys()].filter(
      (path) => handles.has(path) || end.test(withoutComments(known.get(path)!.text)),
    );
    return stations.flatMap((path) => chain(path, parents));
  });
  return [...new Set(way)].sort();
}

/** Breadth first: each file that a door brings along, with the one that imports it first. Types come last, and bring nothing along. */
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
