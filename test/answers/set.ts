import { readFileSync, writeFileSync } from 'node:fs';
import type { Seen } from './recorder.ts';
import { factsOf, steady } from './shapes.ts';

/**
 * Route and method, then status and problem code, then the facts seen there. Answers of one kind
 * are merged, because a caller that polls sees a different number of them in each run.
 */
export type Kind = {
  headers: Record<string, string[]>;
  fields: Record<string, string[]>;
  words: Record<string, string[]>;
  texts: Record<string, string[]>;
};
/** `rare`: facts that some of the merged runs lack. */
export type AnswerSet = { runs: number; rare: string[]; answers: Record<string, Record<string, Kind>> };

/** The file beside a set that holds its answers as they were recorded. */
export const rawFile = (path: string): string => `${path}.raw.jsonl`;

/** Headers of the engine or the gateway, not of the product. */
const foreign = /^(date|content-length|connection|keep-alive|transfer-encoding|server|x-amz.*|x-cache|via)$/;

/** 503 `unavailable` depends on how busy the machine is, and not on the product. */
const machineDependent = '503 unavailable';

const none = 'no route';
export const routeOf = ({ method, route }: Pick<Seen, 'method' | 'route'>): string =>
  route ? `${method} ${route}` : none;

/** Makes a set of some answers. */
export function setOf(seen: Iterable<Seen>): AnswerSet {
  const answers: AnswerSet['answers'] = {};
  for (const answer of seen) {
    const json = parsed(answer.body);
    const code = (json as { code?: unknown } | undefined)?.code;
    const isProblem = answer.status >= 400 && typeof code === 'string';
    const route = routeOf(answer);
    const status = isProblem ? `${answer.status} ${code}` : String(answer.status);
    if (status === machineDependent) continue;
    answers[route] ??= {};
    answers[route][status] ??= { headers: {}, fields: {}, words: {}, texts: {} };
    const kind = answers[route][status];
    for (const [name, value] of Object.entries(answer.headers))
      if (!foreign.test(name)) add(kind.headers, name, headerOf(name, value));
    for (const fact of bodyOf(answer.body, json)) add(kind[`${fact.kind}s`], fact.at, fact.is);
  }
  return { runs: 1, rare: [], answers: sorted(answers) };
}

const bodyOf = (body: string, json: unknown) =>
  json !== undefined
    ? factsOf(json)
    : [{ at: '', kind: 'field' as const, is: body === '' ? 'nothing' : 'no JSON' }];

/** Entity tags are opaque, and so are the cursors in links. */
const headerOf = (name: string, value: string): string => {
  if (name === 'etag') return '<etag>';
  if (name === 'api-version') return value;
  return steady(value.replaceAll(/(cursor=)[^&>]+/g, '$1<cursor>'));
};

const add = (lists: Record<string, string[]>, at: string, one: string): void => {
  lists[at] ??= [];
  if (!lists[at].includes(one)) lists[at].push(one);
};

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Sorts keys and lists, so that equal sets make equal files. */
const sorted = <T>(value: T): T => {
  if (Array.isArray(value)) return value.toSorted() as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) as T;
};

export type Line = { kind: 'answer' | 'header' | 'field' | 'word' | 'text'; text: string };
/**
 * A set as lines, one for each fact that a caller could rely on. Names of path parameters are
 * left out.
 */
export function linesOf({ answers }: AnswerSet): Line[] {
  const lines: Line[] = [];
  for (const [named, statuses] of Object.entries(answers))
    for (const [status, kind] of Object.entries(statuses)) {
      const answer = `${named.replaceAll(/\{\w+\}/g, '{}')} → ${status}`;
      lines.push({ kind: 'answer', text: answer });
      for (const [list, one] of [
        ['headers', 'header'],
        ['fields', 'field'],
        ['words', 'word'],
        ['texts', 'text'],
      ] as const)
        for (const [at, values] of Object.entries(kind[list]))
          for (const value of values)
            lines.push({ kind: one, text: `${answer}: ${one} ${at || '(whole)'} = ${value}` });
    }
  return lines;
}

/**
 * Merges runs of the same code. A fact that some runs lack is rare: its absence is no difference.
 */
export function merged(sets: AnswerSet[]): AnswerSet {
  const answers: AnswerSet['answers'] = {};
  for (const set of sets)
    for (const [route, statuses] of Object.entries(set.answers))
      for (const [status, kind] of Object.entries(statuses)) {
        answers[route] ??= {};
        answers[route][status] ??= { headers: {}, fields: {}, words: {}, texts: {} };
        for (const list of ['headers', 'fields', 'words', 'texts'] as const)
          for (const [at, values] of Object.entries(kind[list]))
            for (const value of values) add(answers[route][status][list], at, value);
      }
  const all = sets.map((set) => new Set(linesOf(set).map(({ text }) => text)));
  const union = { runs: sets.reduce((sum, { runs }) => sum + runs, 0), rare: [], answers: sorted(answers) };
  const rare = linesOf(union)
    .map(({ text }) => text)
    .filter((text) => !all.every((lines) => lines.has(text)));
  return { ...union, rare: [...new Set([...sets.flatMap((set) => set.rare), ...rare])].sort() };
}

export const readSet = (path: string): AnswerSet => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Keeps a list of values on the line of its field, so that a text diff of two files reads by
 * field.
 */
export function writeSet(path: string, set: AnswerSet): void {
  const text = JSON.stringify(set, null, 1).replaceAll(/\[\n\s+([^[\]{}]*?)\n\s+\]/g, (whole) =>
    whole.replaceAll(/\n\s+/g, ' ').replace('[ ', '[').replace(' ]', ']'),
  );
  writeFileSync(path, `${text}\n`);
}

/** Makes the set again from the raw answers beside it. */
export const setFrom = (raw: string): AnswerSet =>
  setOf(
    readFileSync(raw, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line): Seen => JSON.parse(line)),
  );
