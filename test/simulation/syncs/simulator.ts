import type { Simulator } from '#test/simulation/engine/simulator.ts';
import { history, type Seen } from './history.ts';
import type { Written } from './stage.ts';
import { emptyTally, type Tally, tally } from './tally.ts';

/** The writes, the calls, and the books. */
function linesOf({ writes, sent, partners, machine, faults, cast, world }: Seen): string[] {
  const at = (ms: number) => `${((ms - world.start) / 1000).toFixed(3).padStart(9)} s`;
  const written = writes.map((write) => [write.at, lineOf(write)] as const);
  const calls = sent.map(
    (one) => [one.at, `   ${one.outsideToken.slice(0, 4)} ${one.system}.${one.call}`] as const,
  );
  const books = Object.entries(partners.books).flatMap(([name, books]) =>
    books.entries().flatMap(({ token: outsideToken, calls }) =>
      calls.map(({ at: when, call, answer }) => {
        const line = `      ${name} has ${call} of ${outsideToken.slice(0, 4)}: ${JSON.stringify(answer)}`;
        return [when, line] as const;
      }),
    ),
  );
  const lines = [...written, ...calls, ...books].sort(([a], [b]) => a - b);
  const executions = [...machine.executions.values()].map(
    ({ path, input, alive }) =>
      `${input.tenant} epoch ${input.epoch} ${alive ? 'runs' : 'over'}: ${path.join(' → ')}`,
  );
  const met = [...faults.met].map(([name, times]) => `${times} × ${name}`);
  return [
    JSON.stringify(cast, null, 1),
    ...lines.map(([when, line]) => `${at(when)} ${line}`),
    ...executions,
    `faults: ${met.join(', ')}`,
  ];
}

function lineOf({ process, epoch, image }: Written): string {
  const { pk, v, state, rows, decision, parked } = image;
  const votes = Object.entries(image.parts).map(([name, part]) => {
    const phases = ['prepare', 'commit', 'rollback'] as const;
    const said = phases.map((phase) => part[phase]?.vote[0] ?? '-').join('');
    return `${name}=${said}${part.intent ? '!' : ''}`;
  });
  const why = `${decision?.to ?? ''} ${parked?.why ?? ''}`;
  const results = rows.map((row) => `${row.system}.${row.action}=${row.result}`);
  return `${pk.slice(0, 14)} v${v} e${image.epoch} ${state} ${why} [${votes}] by ${process}/${epoch}: ${results}`;
}

export const simulator: Simulator<Seen, Tally> = {
  history: (seed) => history({ seed }),
  emptyTally,
  tally,
  lines: linesOf,
};
