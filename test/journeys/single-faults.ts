import { type OfficeName, type Order, officeNames } from './served-offices.ts';

type Phase = 'prepare' | 'commit';
type Told = Omit<Order, 'call'>;
/**
 * A fault: the order to an office in prepare or commit, for the printer the orders by folder
 * operation, and the end of the sync where it is not committed.
 */
type Fault = { asked: Told; files: Record<Phase, Order[]>; ends?: Record<Phase, string> };
const delayMs = 7_000;
const both = (behaviour: string) => ({
  prepare: [{ call: 'write', behaviour }],
  commit: [{ call: 'rename', behaviour }],
});
const faults: Record<string, Fault> = {
  'refuses for good': {
    asked: { behaviour: 'refuse', times: 100 },
    // A file that is being written cannot be refused, so a payload without a place in it stands
    // in for the refusal.
    files: { prepare: [], commit: [{ call: 'process', behaviour: 'refuse', times: 100 }] },
    ends: { prepare: 'rolled_back', commit: 'parked' },
  },
  'fails once': { asked: { behaviour: 'fail' }, files: both('fail') },
  'hangs and does nothing': { asked: { behaviour: 'hang' }, files: both('hang') },
  'acts, but answers too late': {
    asked: { behaviour: 'slow', delayMs },
    files: {
      prepare: [{ call: 'write', behaviour: 'slow', delayMs }],
      commit: [{ call: 'process', behaviour: 'slow', delayMs }],
    },
  },
  'dies before it acts': { asked: { behaviour: 'drop-before' }, files: both('drop-before') },
  'acts and dies': { asked: { behaviour: 'drop-after' }, files: both('drop-after') },
  'gets the same call twice': {
    asked: { behaviour: 'repeat' },
    // The first read finds no answer, the second finds the one written: both are then repeated to
    // a caller that has it.
    files: {
      prepare: [{ call: 'read', behaviour: 'drop-after', times: 2 }],
      commit: [{ call: 'process', behaviour: 'repeat' }],
    },
  },
  'is answered for by a proxy': {
    asked: { behaviour: 'html' },
    // Prepare reads twice and looks twice for an answer before it hands the file over, so the
    // next read is the answer.
    files: {
      prepare: [{ call: 'read', behaviour: 'cut', times: 2 }],
      commit: [
        { call: 'read', behaviour: 'slow', delayMs: 0, times: 4 },
        { call: 'read', behaviour: 'cut', times: 2 },
      ],
    },
  },
};

export type Cell = { name: OfficeName; phase: Phase; fault: string; orders: Order[]; end: string };
const cellOf = (name: OfficeName, phase: Phase, [fault, { asked, files, ends }]: [string, Fault]): Cell => ({
  ...{ name, phase, fault, orders: name === 'cheques' ? files[phase] : [{ call: phase, ...asked }] },
  end: ends?.[phase] ?? 'committed',
});
export const cells = officeNames.flatMap((name) =>
  (['prepare', 'commit'] as const).flatMap((phase) =>
    Object.entries(faults).map((fault) => cellOf(name, phase, fault)),
  ),
);
