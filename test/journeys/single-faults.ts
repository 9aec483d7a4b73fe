import { type OfficeName, type Order, officeNames } from './served-offices.ts';

type Phase = 'prepare' | 'commit';
type Told = Omit<Order, 'call'>;
/**
 * A fault: what an office that is called over HTTP is told to do, about prepare or about commit; what the printer is, with the steps of a session that is about
 * files; and the end that the sync must come to, where it is not that everybody has it.
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
    // Nobody refuses a file that is only being written: there it is what we are to write that has no place in it.
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
  'hears the same twice': {
    asked: { behaviour: 'repeat' },
    // The first that is read is an answer that is not there yet, the second what was written: all is said again to somebody who has it.
    files: {
      prepare: [{ call: 'read', behaviour: 'drop-after', times: 2 }],
      commit: [{ call: 'process', behaviour: 'repeat' }],
    },
  },
  'is answered for by somebody in between': {
    asked: { behaviour: 'html' },
    // Two are read to prepare, and twice it looks whether there is an answer before it hands the file over: what it reads then is the answer.
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
