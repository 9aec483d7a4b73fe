import type { Random } from './random.ts';
import type { Process } from './world.ts';

/**
 * The faults of a call. `repeat`: the answer is lost and the SDK retries; `late`: the first
 * attempt lands after the second; `outage`: no effect and an error; `lost`: an effect and an
 * error. `pauseMs` freezes the process before its answer.
 */
export type Fault = {
  kind: 'none' | 'crash-before' | 'crash-after' | 'repeat' | 'late' | 'outage' | 'lost';
  gapMs: number;
  pauseMs: number;
};
export type Faults = {
  of(process: Process, label: string, outside: boolean): Fault;
  on: boolean;
  /** Deliveries are repeated and reordered as well. */
  shuffles: boolean;
  met: Map<string, number>;
};

export const healthy: Fault = { kind: 'none', gapMs: 0, pauseMs: 0 };

const kinds = ['crash-before', 'crash-after', 'repeat', 'late', 'outage', 'lost'] as const;

/**
 * Random faults on calls to AWS and to outside systems. `rate` is the share of calls that fail.
 */
export function randomFaults(random: Random, rate: number): Faults {
  const met = new Map<string, number>();
  const faults: Faults = {
    on: true,
    shuffles: true,
    met,
    of(process, label, outside) {
      if (!faults.on) return healthy;
      const pauseMs = random.chance(rate / 3) ? random.between(1_000, 60_000) : 0;
      if (!random.chance(rate)) return pauseMs ? { kind: 'none', gapMs: 0, pauseMs } : healthy;
      const kind = outside && random.chance(0.5) ? 'lost' : random.pick(kinds);
      count(met, `${process.name}.${label} ${kind}`);
      return { kind, gapMs: random.between(0, random.chance(0.3) ? 60_000 : 1_000), pauseMs };
    },
  };
  return faults;
}

/** Exactly one crash, of the nth process of that name, at one of its calls. */
export function oneCrash(name: string, nth: number, call: number, when: 'before' | 'after'): Faults {
  const met = new Map<string, number>();
  const processes = new Set<Process>();
  const faults: Faults = {
    on: true,
    shuffles: false,
    met,
    of(process, label) {
      if (process.name === name) processes.add(process);
      if (!faults.on || process !== [...processes][nth] || process.calls !== call) return healthy;
      count(met, `${name}.${label}`);
      return { ...healthy, kind: `crash-${when}` };
    },
  };
  return faults;
}

/**
 * These faults and no others: each hits the first call of its name (`settle.capture`) once, or
 * the second (`settle.let-go#2`).
 */
export function scripted(script: Record<string, Partial<Fault>>): Faults {
  const met = new Map<string, number>();
  const times = new Map<string, number>();
  return {
    on: true,
    shuffles: false,
    met,
    of(process, label) {
      count(times, `${process.name}.${label}`);
      const time = times.get(`${process.name}.${label}`);
      const name = `${process.name}.${label}${time === 1 ? '' : `#${time}`}`;
      if (!script[name]) return healthy;
      count(met, name);
      return { ...healthy, ...script[name] };
    },
  };
}

export const count = (counts: Map<string, number>, name: string): void =>
  void counts.set(name, (counts.get(name) ?? 0) + 1);
