import { up } from '#local/up.ts';

/**
 * A process that starts everything, prints where it runs, and then stays. `BROKEN` says which
 * step of its deploy fails.
 */
const { BROKEN, HELD_APP = 'node test/local/app.ts' } = process.env;
const running = await up({
  announced: false,
  app: HELD_APP,
  settings: { leaseSeconds: 3, ...(BROKEN && { broken: BROKEN }) },
});
process.stdout.write(`${JSON.stringify(running)}\n`);
