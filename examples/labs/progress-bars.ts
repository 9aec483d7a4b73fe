import { styleText } from 'node:util';
import { numbered } from './payments.ts';

type Out = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
type Setup = { total: number; out?: Out; now?: () => number };
export type Bar = { name: string; done: number };

const indent = '   ';
const everyMs = 1_000;

/**
 * Progress of each system through the items: redrawn in place on a terminal, elsewhere at most one
 * line a second. No line is wider than the terminal or 80 columns.
 */
export function progressBars({ total, out = process.stdout, now = () => performance.now() }: Setup) {
  const begun = now();
  const redraws = out.isTTY === true && process.env.TERM !== 'dumb';
  let [drawn, toldAt, told] = [0, Number.NEGATIVE_INFINITY, ''];

  const room = () => Math.min(out.columns || 80, 80) - 1;
  const after = () => `${((now() - begun) / 1000).toFixed(1)} s`.padStart(7);
  const bar = ({ name, done }: Bar) => {
    const left = `${indent}${name.padEnd(11)}`;
    const right = ` ${numbered(done).padStart(numbered(total).length)} of ${numbered(total)}`;
    const width = Math.max(0, room() - left.length - right.length);
    const full = total === 0 ? width : Math.floor((width * Math.min(done, total)) / total);
    const drawn =
      styleText('green', '█'.repeat(full), { stream: out }) +
      styleText('dim', '░'.repeat(width - full), { stream: out });
    return width > 0 ? left + drawn + right : (left + right).slice(0, room());
  };
  const line = (doing: string, bars: Bar[]) =>
    `${doing}: ${bars.map(({ name, done }) => `${name} ${numbered(done)}`).join(', ')}`;

  return {
    /** `last`: also draws what was held back. */
    draw(doing: string, bars: Bar[], last = false): void {
      if (redraws) {
        const lines = [`${indent}${after()}  ${doing}`.slice(0, room()), ...bars.map(bar)];
        out.write(`${drawn > 0 ? `\x1b[${drawn}A` : ''}${lines.map((each) => `\r${each}\x1b[K\n`).join('')}`);
        drawn = lines.length;
        return;
      }
      const text = line(doing, bars);
      if (text === told || (!last && now() - toldAt < everyMs)) return;
      [toldAt, told] = [now(), text];
      out.write(`${`${indent}${after()}  ${text}`.slice(0, room())}\n`);
    },
  };
}
