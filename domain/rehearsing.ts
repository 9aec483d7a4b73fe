import { accepting } from './accepting.ts';
import { requestOf } from './participants/rest.ts';
import type { Rehearsing } from './syncs/rehearse-sync.ts';

/** What a dry run works with: the systems of the real one, and the requests that its adapter would send. */
export const rehearsing = (): Rehearsing => ({ ...accepting(), requestOf });
