import { up } from '#local/up.ts';

/** A process that brings everything up, tells where on stdout, and then stays. `BROKEN` says how its deploy fails. */
const { BROKEN, HELD_APP = 'node test/local/app.ts' } = process.env;
const running = await up({
  announced: false,
  app: HELD_APP,
  settings: { leaseSeconds: 3, ...(BROKEN && { broken: BROKEN }) },
});
process.stdout.write(`${JSON.stringify(running)}\n`);
