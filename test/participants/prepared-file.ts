import { expect } from 'vitest';
import { itemsOf, load, scene } from './file-scene.ts';
import { accepted, rejected } from './folder.ts';

/** A printer with a written file, and what it has booked so far. */
export async function prepared() {
  const s = scene({ items: itemsOf(20) });
  const booked = { LOAD: 0, REVERSAL: 0 };
  s.says.line = (answer) => {
    booked[answer.kind as keyof typeof booked] += 1;
    return accepted(answer);
  };
  await s.ask('prepare');
  const refuse = async () => {
    const line = s.says.line;
    s.says.line = ({ outsideToken, kind }) => rejected(outsideToken, kind, 'declined');
    expect(await s.ask('commit')).toMatchObject({ vote: 'no' });
    s.says.line = line;
  };
  return { ...s, booked, refuse, answer: () => String(s.stored.get(`${load}.rsp`)) };
}
