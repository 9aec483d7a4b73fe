import { createHash } from 'node:crypto';
import type { Objects } from '#lib/aws/objects.ts';
import type { Phase } from '#systems/protocol.ts';
import type { StoredResult } from './item-results.ts';

type Named = { phase: Phase; key: string; digest: string };

/**
 * The results objects that a sync names, in order. Throws if one is missing or has another digest.
 */
export const readStoredResults = (
  { objects }: { objects: Pick<Objects, 'openObject'> },
  results: Named[],
): Promise<StoredResult[]> =>
  Promise.all(
    results.map(async ({ key, digest }) => {
      const opened = await objects.openObject(key);
      if (!opened) throw new Error(`The results ${key} are gone`);
      const bytes = Buffer.concat(await Array.fromAsync(opened.body));
      if (createHash('sha256').update(bytes).digest('hex') !== digest)
        throw new Error(`The results ${key} have another digest than when they were stored`);
      return JSON.parse(bytes.toString()) as StoredResult;
    }),
  );
