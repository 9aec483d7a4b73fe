import { createHash } from 'node:crypto';
import type { Tools } from '#domain/syncs/conduct.ts';
import { resultDocument } from '#domain/syncs/result-document.ts';
import type { Objects } from '#lib/objects.ts';

/** Puts what was answered about a batch into an object of its own: its name is its digest, so the same answers kept twice are there once. */
export const keepResultOn =
  ({ objects }: { objects: Pick<Objects, 'putObject'> }): Tools['keepResult'] =>
  async (sync, phase, answers) => {
    const text = resultDocument(sync, phase, answers);
    const digest = createHash('sha256').update(text).digest('hex');
    const key = `results/${sync.tenant}/${sync.wire}/${phase}-${digest.slice(0, 16)}.json`;
    await objects.putObject(key, text, 'application/json');
    return { phase, key, digest };
  };
