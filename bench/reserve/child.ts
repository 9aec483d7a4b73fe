import { pathToFileURL } from 'node:url';
import type { Seen } from './calls-seen.ts';
import { type Case, contextOf, eventOf, refusedFrom, rounds, type Task } from './request.ts';

/**
 * Measures one bundle in a fresh process: import, first call, then many calls. The result goes to
 * the parent process.
 */
type Handler = (event: unknown, context: unknown) => Promise<{ statusCode: number }>;
export type Cold = { cpuMs: number; wallMs: number; rssMb: number };
export type Cpu = { cold: Cold; us: Record<Case, number> };
export type Counted = Record<Case, { status: number; calls: Seen[]; logBytes: number; wallMs: number }>;
export type Contended = { winners: number; calls: number; cpuMsPerClient: number; p99Ms: number };

const task: Task = JSON.parse(process.argv[2] ?? '{}');
let logged = 0;
process.stdout.write = ((text: string | Uint8Array) => {
  logged += Buffer.byteLength(text);
  return true;
}) as typeof process.stdout.write;

const expected: Record<Case, number> = { success: 200, replay: 200, taken: 409, refused: 400 };
const cpuMs = (since?: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

/**
 * The calls since the last reset. The module is imported late, so that a cold start loads only
 * what the bundle needs.
 */
const seen = async (): Promise<Seen[]> => {
  const { meter } = await import('./meter.ts');
  return meter(task.stub).seen();
};

let handler: Handler;
async function one(as: Case, slot: number, key: string): Promise<void> {
  const { statusCode } = await handler(eventOf(slot, key), contextOf(`request-${slot}`));
  if (statusCode !== expected[as]) throw new Error(`${as} was answered ${statusCode}`);
}

async function cold(): Promise<Cold> {
  const [rss, cpu, began] = [process.memoryUsage.rss(), process.cpuUsage(), performance.now()];
  handler = (await import(pathToFileURL(task.bundle).href)).handler;
  await one('success', 1, 'first');
  return {
    ...{ cpuMs: cpuMs(cpu), wallMs: performance.now() - began },
    rssMb: (process.memoryUsage.rss() - rss) / 2 ** 20,
  };
}

/** Microseconds of CPU per sequential request, after a warm-up. */
async function cpu(): Promise<Cpu> {
  const first = await cold();
  const timed = async (as: Case, times: number, slotOf: (index: number) => number, key: string) => {
    const before = process.cpuUsage();
    for (let index = 0; index < times; index += 1) {
      const slot = slotOf(index);
      await one(as, slot, `${key}-${slot}`);
    }
    return (cpuMs(before) * 1000) / times;
  };
  await timed('success', rounds.warmUp, (index) => 2 + index, 'mine');
  const us = {
    success: await timed('success', rounds.measured, (index) => 2 + rounds.warmUp + index, 'mine'),
    replay: await timed('replay', rounds.others, (index) => 2 + index, 'mine'),
    taken: await timed('taken', rounds.others, (index) => 2 + index, 'other'),
    refused: await timed('refused', rounds.others, (index) => refusedFrom + index, 'mine'),
  };
  return { cold: first, us };
}

/**
 * The calls of one warm request of each case. Each call takes 50 ms, so that parallel calls
 * overlap on a busy machine too.
 */
async function counts(): Promise<Counted> {
  await cold();
  const count = async (as: Case, slot: number, key: string) => {
    await seen();
    const [before, began] = [logged, performance.now()];
    await one(as, slot, key);
    const wallMs = performance.now() - began;
    return { status: expected[as], wallMs, logBytes: logged - before, calls: await seen() };
  };
  await one('success', 2, 'warm');
  return {
    success: await count('success', 3, 'mine'),
    replay: await count('replay', 3, 'mine'),
    taken: await count('taken', 3, 'other'),
    refused: await count('refused', refusedFrom, 'poor'),
  };
}

const clients = 100;

/** A hundred clients reserve one slot at once; AWS answers in 5 ms, an outside system in 20 ms. */
async function contend(): Promise<Contended> {
  await cold();
  await one('success', 2, 'warm');
  await seen();
  const before = process.cpuUsage();
  const answers = await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      const began = performance.now();
      const { statusCode } = await handler(eventOf(3, `client-${index}`), contextOf(`client-${index}`));
      return { statusCode, ms: performance.now() - began };
    }),
  );
  const used = cpuMs(before);
  const calls = await seen();
  return {
    winners: answers.filter(({ statusCode }) => statusCode === 200).length,
    calls: calls.filter(({ kind }) => kind === 'aws').length,
    cpuMsPerClient: used / clients,
    p99Ms: answers.map(({ ms }) => ms).toSorted((a, b) => a - b)[Math.ceil(clients * 0.99) - 1] ?? 0,
  };
}

process.send?.(await { cpu, counts, contend }[task.run](), () => process.exit(0));
