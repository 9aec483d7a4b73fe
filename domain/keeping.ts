import { createHash } from 'node:crypto';
import { objects as made } from '#lib/objects.ts';
import type { Phase } from '#systems/contract.ts';
import type { Answer } from './syncs/fold.ts';
import { resultDocument } from './syncs/result-document.ts';
import type { Result, Sync } from './syncs/sync.ts';

/** Puts what was answered about a batch into an object of its own: its name is its digest, so the same answers kept twice are there once. */
export async function keepResult(sync: Sync, phase: Phase, answers: Answer[]): Promise<Result> {
  const objects = made();
  const text = resultDocument(sync, phase, answers);
  const digest = createHash('sha256').update(text).digest('hex');
  const key = `results/${sync.tenant}/${sync.wire}/${phase}-${digest.slice(0, 16)}.json`;
  await objects.put(key, text, 'application/json');
  return { phase, key, digest };
}
