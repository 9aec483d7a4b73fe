import type { Clock } from '#lib/clock.ts';
import cheques from '#systems/cheques.json' with { type: 'json' };
import { layout } from '#systems/layout.ts';
import { serveMainframe } from './mainframe/mainframe.ts';

type At = { clock: Clock; host?: string; user?: string; password?: string };

/**
 * The Cheque Printer, as `systems/cheques.json` describes it: a mainframe that takes files and
 * writes its answers beside them.
 */
export const serveCheques = (at: At) => serveMainframe({ layout: layout.parse(cheques.file.layout), ...at });
