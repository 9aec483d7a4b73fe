import type { Source } from './tree.ts';

/**
 * One folder as a whole. A room is a file or folder directly in it; an arrow joins two rooms when
 * one imports from the other.
 */
export type Rooms = {
  files: number;
  folders: number;
  imports: number;
  rooms: number;
  arrows: number;
  arrowsOfValues: number;
  lines: { all: number; median: number; largest: number; largestFile: string; atMost20: number };
  /** Share of characters that are in comments, white space left out of both. */
  commentShare: number;
  functions: number;
  functionsOver40: number;
};

/** Measures one folder of a checkout: its files, and the imports between them. */
export function roomsOf(sources: Source[], folder: string): Rooms {
  const inside = sources.filter(({ path }) => path.startsWith(`${folder}/`));
  const known = new Set(inside.map(({ path }) => path));
  const edges = inside.flatMap(({ path, imports }) =>
    imports.filter(({ to }) => known.has(to) && to !== path).map((each) => ({ ...each, from: path })),
  );
  const roomOf = (path: string) => path.slice(folder.length + 1).split('/')[0]!;
  const arrows = (some: typeof edges) =>
    new Set(
      some
        .map(({ from, to }) => [roomOf(from), roomOf(to)])
        .filter(([from, to]) => from !== to)
        .map((pair) => pair.join(' → ')),
    ).size;
  const lengths = inside.map(({ lines }) => lines).sort((a, b) => a - b);
  const largest = inside.reduce((a, b) => (b.lines > a.lines ? b : a), inside[0]!);
  const functions = inside.flatMap((source) => source.functions);
  const sum = (key: 'lines' | 'comments' | 'characters') =>
    inside.reduce((all, source) => all + source[key], 0);
  return {
    files: inside.length,
    folders: new Set(inside.map(({ path }) => path.slice(0, path.lastIndexOf('/')))).size,
    imports: new Set(edges.map(({ from, to }) => `${from} → ${to}`)).size,
    rooms: new Set(inside.map(({ path }) => roomOf(path))).size,
    arrows: arrows(edges),
    arrowsOfValues: arrows(edges.filter(({ typeOnly }) => !typeOnly)),
    lines: {
      all: sum('lines'),
      median: lengths[Math.floor(lengths.length / 2)] ?? 0,
      largest: largest?.lines ?? 0,
      largestFile: largest?.path ?? '',
      atMost20: lengths.filter((lines) => lines <= 20).length,
    },
    commentShare: Math.round((sum('comments') / sum('characters')) * 1000) / 1000,
    functions: functions.length,
    functionsOver40: functions.filter((lines) => lines > 40).length,
  };
}
