import { styleText } from 'node:util';

type Out = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
type Column = { title: string; width: number };
type Setup = { columns: Column[]; out?: Out; now?: () => number };

const indent = '   ';
const clock = 8;

/**
 * A table that changes over time: redrawn in place on a terminal, elsewhere one line per changed
 * row. Each row begins with the seconds until its last change; no line is wider than the terminal
 * or 80 columns.
 */
export function liveTable({ columns, out = process.stdout, now = () => performance.now() }: Setup) {
  const begun = now();
  const redraws = out.isTTY === true && process.env.TERM !== 'dumb';
  const widths = [clock, ...columns.map(({ width }) => width)];
  const seen: { text: string; line: string }[] = [];
  let drawn = 0;

  const lineOf = (cells: string[], style: (cell: string) => string) => {
    let room = Math.min(out.columns || 80, 80) - 1 - indent.length;
    const shown = cells.map((cell, i) => {
      const text = cell.padEnd(widths[i] ?? 0).slice(0, room);
      room -= text.length;
      return style(text);
    });
    return (indent + shown.join('')).trimEnd();
  };
  const paint = (cell: string) => {
    const colour = colourOf(cell.trim());
    return colour ? styleText(colour, cell, { stream: out }) : cell;
  };
  const header = lineOf(['', ...columns.map(({ title }) => title)], (cell) =>
    styleText('dim', cell, { stream: out }),
  );

  return {
    draw(rows: string[][]): void {
      const after = `${((now() - begun) / 1000).toFixed(1)} s`;
      const changed = rows.flatMap((cells, i) => {
        const text = cells.join('\t');
        if (seen[i]?.text === text) return [];
        seen[i] = { text, line: lineOf([after.padStart(clock - 2), ...cells], paint) };
        return [seen[i].line];
      });
      if (changed.length === 0) return;
      const lines = redraws
        ? [header, ...seen.map(({ line }) => line)]
        : drawn === 0
          ? [header, ...changed]
          : changed;
      out.write(
        redraws
          ? `${drawn > 0 ? `\x1b[${drawn}A` : ''}${lines.map((line) => `\r${line}\x1b[K\n`).join('')}`
          : `${lines.join('\n')}\n`,
      );
      drawn = lines.length;
    },
  };
}

const colours = {
  green: /^(yes|committed|undone|rolled)/,
  yellow: /^(unknown|ongoing|parked)/,
  red: /^(no|dead)\b/,
} as const;

const colourOf = (cell: string) =>
  (Object.keys(colours) as (keyof typeof colours)[]).find((colour) => colours[colour].test(cell));
