import { parseArgs } from 'node:util';
import { history } from './history.ts';

/** `node test/simulation/syncs/replay.ts --seed N`: one history, told: what was written, what was sent, what the books say, what is wrong. */
const { values } = parseArgs({ options: { seed: { type: 'string' } } });
if (!values.seed) throw new Error('Say which: --seed N');
const { writes, sent, partners, machine, faults, cast, world, violations } = await history({
  seed: Number(values.seed),
});
const at = (ms: number) => `${((ms - world.start) / 1000).toFixed(3).padStart(9)} s`;

const lines = [
  ...writes.map(({ at: when, process, epoch, image }) => {
    const { v, state, rows, decision, parked } = image;
    const votes = Object.entries(image.parts).map(([name, part]) => {
      const said = (['prepare', 'commit', 'rollback'] as const)
        .map((phase) => part[phase]?.vote[0] ?? '-')
        .join('');
      return `${name}=${said}${part.intent ? '!' : ''}`;
    });
    const line = `${image.pk.slice(0, 14)} v${v} e${image.epoch} ${state} ${decision?.to ?? ''} ${parked?.why ?? ''} [${votes}] by ${process}/${epoch}: ${rows.map((row) => `${row.system}.${row.action}=${row.result}`)}`;
    return [when, line] as const;
  }),
  ...sent.map(
    ({ at: when, wire, system, call }) => [when, `   ${wire.slice(0, 4)} ${system}.${call}`] as const,
  ),
  ...Object.entries(partners.books).flatMap(([name, books]) =>
    books
      .entries()
      .flatMap(({ token, calls }) =>
        calls.map(
          ({ at: when, call, answer }) =>
            [when, `      ${name} has ${call} of ${token.slice(0, 4)}: ${JSON.stringify(answer)}`] as const,
        ),
      ),
  ),
].sort(([a], [b]) => a - b);
process.stdout.write(`${JSON.stringify(cast, null, 1)}\n`);
for (const [when, line] of lines) process.stdout.write(`${at(when)} ${line}\n`);
for (const { path, input, alive } of machine.executions.values())
  process.stdout.write(
    `${input.tenant} epoch ${input.epoch} ${alive ? 'runs' : 'over'}: ${path.join(' → ')}\n`,
  );
process.stdout.write(`faults: ${[...faults.met].map(([name, times]) => `${times} × ${name}`).join(', ')}\n`);
process.stdout.write(violations.length > 0 ? `VIOLATIONS\n${violations.join('\n')}\n` : 'nothing is wrong\n');
