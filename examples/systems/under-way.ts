import { pending } from './behaviours.ts';

/** `chunk`: the chunk's number, of a batch in chunks. */
type Job = { call: string; key: string; chunk?: number | undefined };

/**
 * The calls that a partner has accepted and not yet acted on. Until it has, their queries and
 * repeats are answered with pending.
 */
export function callsUnderWay() {
  const jobs = new Set<Job>();
  return {
    during: (job: Job, work: () => Promise<void>) => {
      jobs.add(job);
      return work().finally(() => jobs.delete(job));
    },
    answerTo: (method: string, { call, key, chunk }: Job) => {
      // A query matches every pending call with this key; a call matches only its own repeat.
      const its = (job: Job) =>
        method === 'GET' ? job.call !== call : job.call === call && job.chunk === chunk;
      const found = [...jobs].some((job) => job.key === key && its(job));
      return found ? pending(key, method === 'GET' ? 200 : 202) : undefined;
    },
  };
}
