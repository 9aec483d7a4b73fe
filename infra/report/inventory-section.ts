export type Row = string[];

/** One section of the inventory, its rows sorted and aligned. */
export const section = (title: string, rows: Row[], also: string[] = []) => {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, i) => Math.max(cell.length, widest[i] ?? 0)),
    [],
  );
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const sorted = [...lines.sort((a, b) => place(a).localeCompare(place(b), 'en')), ...also];
  return `${title}\n${sorted.map((line) => `  ${line}\n`).join('') || '  none\n'}`;
};

/** Sorts routes by path, the greedy one last. */
const place = (line: string) => (line.startsWith('ANY') ? '~' : line.replace(/^([A-Z]+) +(\/\S+)/, '$2 $1'));

/** A logical id without its construct path and CDK's hash suffix. */
export const plain = (id: string) =>
  id.replace(/^(Tables|Stream|Saga|ApiInvoker|QueuePolicies)?(\w+)[0-9A-F]{8}$/, '$2');
