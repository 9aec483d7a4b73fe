/** Figures as table rows: each number, named by its path. */
export type Leaf = string | number | boolean;

export function leavesOf(value: unknown, path = ''): Map<string, Leaf> {
  if (Array.isArray(value)) return new Map([[`${path} (count)`, value.length]]);
  if (value === null || typeof value !== 'object') return new Map([[path, value as Leaf]]);
  return new Map(
    Object.entries(value).flatMap(([name, one]) => [...leavesOf(one, path ? `${path} ${name}` : name)]),
  );
}

/** Figures beside earlier ones. A dash marks a figure that one side lacks. */
export function asTable(now: unknown, before?: unknown): string {
  const columns = before === undefined ? [leavesOf(now)] : [leavesOf(before), leavesOf(now)];
  const names = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  const heads = ['', ...(before === undefined ? ['now'] : ['before', 'now'])];
  const rows = [heads, ...names.map((name) => [name, ...columns.map((column) => cell(column.get(name)))])];
  const widths = heads.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows
    .map((row) =>
      row.map((one, at) => (at === 0 ? one.padEnd(widths[at]!) : one.padStart(widths[at]!))).join('  '),
    )
    .join('\n');
}

const cell = (value: Leaf | undefined): string => (value === undefined ? '–' : String(value));
