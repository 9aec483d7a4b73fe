import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundle, bundlesIn } from './bundles.ts';
import { hopsOf, type Seen } from './calls-seen.ts';
import type { Contended, Counted, Cpu } from './child.ts';
import { meter, type Start } from './meter.ts';
import { type Case, environmentOf, rounds as requests, type Task } from './request.ts';

export type CaseFigures = {
  calls: number;
  writeUnits: number;
  business: number;
  hops: number;
  events: number;
};
/** Figures of one handler. CPU, time and memory are medians of the rounds. */
export type ReserveFigures = {
  name: string;
  bytes: number;
  gzip: number;
  cases: Record<Case, CaseFigures>;
  wallMs: number;
  logBytes: number;
  cpuUs: Record<Case, number>;
  cold: { cpuMs: number; wallMs: number; rssMb: number };
  contention: Contended;
};

const cases = ['success', 'replay', 'taken', 'refused'] as const;
const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/**
 * Figures of all handlers. Each round runs each of them once in its own process, so that a busy
 * moment affects all alike.
 */
export async function reserveFigures({
  rounds,
  also,
}: {
  rounds: number;
  also?: Record<string, string>;
}): Promise<ReserveFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const stub = fork(join(import.meta.dirname, 'stub.ts'));
  try {
    const [port] = (await once(stub, 'message')) as [number];
    const bundles = bundlesIn(folder, also);
    const cpu = new Map<string, Cpu[]>(bundles.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const { name, file } of bundles)
        cpu.get(name)?.push(await inChild<Cpu>({ bundle: file, stub: port, run: 'cpu' }));
    const figures: ReserveFigures[] = [];
    for (const bundle of bundles) {
      const task = { bundle: bundle.file, stub: port };
      const counted = await inChild<Counted>({ ...task, run: 'counts' });
      const contention = await inChild<Contended>({ ...task, run: 'contend' });
      figures.push(figuresOf(bundle, cpu.get(bundle.name) ?? [], counted, contention));
    }
    return figures;
  } finally {
    stub.disconnect();
    rmSync(folder, { recursive: true });
  }
}

const starts: Record<Task['run'], Start> = {
  cpu: { slots: requests.warmUp + requests.measured + 1 },
  counts: { slots: 10, awsMs: 50, businessMs: 50 },
  contend: { slots: 10, awsMs: 5, businessMs: 20 },
};

async function inChild<T>(task: Task): Promise<T> {
  await meter(task.stub).reset(starts[task.run]);
  const child = fork(join(import.meta.dirname, 'child.ts'), [JSON.stringify(task)], {
    env: environmentOf(task.stub),
    execArgv: [],
  });
  const [first] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`A handler of the bench has ended with ${code}`);
    }),
  ]);
  return first as T;
}

function figuresOf(
  { name, bytes, gzip }: Bundle,
  cpu: Cpu[],
  counted: Counted,
  contention: Contended,
): ReserveFigures {
  const each = <T>(of: (as: Case) => T) =>
    Object.fromEntries(cases.map((as) => [as, of(as)])) as Record<Case, T>;
  return {
    ...{ name, bytes, gzip, contention },
    cases: each((as) => caseFigures(counted[as].calls)),
    wallMs: counted.success.wallMs,
    logBytes: counted.success.logBytes,
    cpuUs: each((as) => median(cpu.map(({ us }) => us[as]))),
    cold: {
      cpuMs: median(cpu.map(({ cold }) => cold.cpuMs)),
      wallMs: median(cpu.map(({ cold }) => cold.wallMs)),
      rssMb: median(cpu.map(({ cold }) => cold.rssMb)),
    },
  };
}

const caseFigures = (calls: Seen[]): CaseFigures => ({
  calls: calls.filter(({ kind }) => kind === 'aws').length,
  writeUnits: calls.reduce((sum, { units }) => sum + units, 0),
  business: calls.filter(({ kind }) => kind === 'business').length,
  hops: hopsOf(calls),
  events: calls.filter(({ name }) => name === 'PutEvents').length,
});
