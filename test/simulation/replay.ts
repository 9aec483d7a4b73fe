import { parseArgs } from 'node:util';
import { history } from './history.ts';

/** `npm run sim:replay -- --seed N`: one history, told: what was written, what each client saw, what the books say, what is wrong. */
const { values } = parseArgs({ options: { seed: { type: 'string' } } });
if (!values.seed) throw new Error('Say which: --seed N');
const { writes, seen, partner, faults, platform, violations, world } = await history({
  seed: Number(values.seed),
});
const at = (ms: number) => `${((ms - world.start) / 1000).toFixed(3).padStart(9)} s`;

const lines = [
  ...writes.map(
    ({ at: when, by, process, image }) =>
      [
        when,
        `${image.pk} v${image.v} ${image.state} ${image.hold ?? ''} ${image.event.type} by ${by || 'set-up'}/${process}, open ${[...(image.open ?? [])]}`,
      ] as const,
  ),
  ...seen.map(
    ({ at: when, call, process, tenant, slot, key, brand, saw }) =>
      [
        when,
        `  ${call}/${process} ${tenant}#${slot} ${key} ${brand ?? ''} saw ${JSON.stringify(saw)}`,
      ] as const,
  ),
].sort(([a], [b]) => a - b);
for (const [when, line] of lines) process.stdout.write(`${at(when)} ${line}\n`);
for (const { key, state, calls } of partner.books.entries())
  process.stdout.write(
    `${key} ${state}: ${calls.map(({ at: when, call }) => `${call} at ${at(when).trim()}`).join(', ')}\n`,
  );
process.stdout.write(
  `faults: ${[...faults.met].map(([name, times]) => `${times} × ${name}`).join(', ')}\nparked: ${platform.parked.join(', ') || 'nothing'}\n`,
);
process.stdout.write(violations.length > 0 ? `VIOLATIONS\n${violations.join('\n')}\n` : 'nothing is wrong\n');
