import { manyRoundTrips } from './round-trip.ts';

/**
 * `node test/lib/fixed-width/long.ts 5000000` encodes and decodes so many random records, others
 * in each run.
 */
const records = Number(process.argv[2] ?? 5_000_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
const started = performance.now();
const { seen, wrong } = await manyRoundTrips(records, { each: 5_000, seed });
console.log(
  `fixed width: ${seen} records out and back in ${((performance.now() - started) / 1_000).toFixed(1)} s, seed ${seed}`,
);
if (wrong) console.error(`fixed width: not the same: ${wrong}`);
process.exitCode = wrong || seen < records ? 1 : 0;
