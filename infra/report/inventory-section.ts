export type Row = string[];

/** One section of the inventory: its rows sorted, and aligned below each other. */
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

/** Routes are found by path, and the greedy one comes last. */
const place = (line: string) => (line.startsWith('ANY') ? '~' : line.replace(/^([A-Z]+) +(\/\S+)/, '$2 $1'));

/** A logical id without its room and the hash that CDK puts behind it. */
export const plain = (id: string) =>
  id.replace(/^(Tables|Stream|Saga|ApiInvoker|QueuePolicies)?(\w+)[0-9A-F]{8}$/, '$2');
