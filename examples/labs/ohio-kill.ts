import { randomUUID } from 'node:crypto';
import type { KillOrder } from './kill-order.ts';
import type { Lab } from './lab.ts';
import { officeNames } from './offices.ts';
import { theBooks, theLedger } from './ohio-ledger.ts';
import { emit, onScene, type Scene, stateAt, watch } from './ohio-scene.ts';
import { act, closed, readTicket, resume, theTicket } from './ohio-tickets.ts';
import { pressUndo } from './ohio-undo.ts';

/** A story in which one system dies, and what everybody else does. */
export const killing = (order: KillOrder): Lab => ({
  title: `A benefit in Ohio, and ${order.system} ${order.phase ? `dies when it is asked to ${asked(order)}` : 'is dead'}`,
  play: (stage, story) =>
    onScene(stage, story, async (scene) => {
      try {
        await death(scene, order);
        await theOthers(scene, order);
        story.chapter('The ticket, as the operator reads it');
        await theTicket(scene, order.system);
        story.chapter('The ledger so far');
        const rows = await theLedger(scene, lostBy(order) ? 'rolled back' : 'parked');
        await theReturn(scene, order, rows.length);
      } finally {
        await scene.offices.revive(order.system);
      }
    }),
});

const asked = ({ phase = 'prepare' }: KillOrder) => (phase === 'rollback' ? 'roll back' : phase);

/** The vendor only looks when it is asked to prepare. So nothing can be left there, and nothing waits for it. */
const lostBy = ({ system, phase = 'prepare' }: KillOrder) => system === 'debit' && phase === 'prepare';

async function death(scene: Scene, { system, phase }: KillOrder): Promise<void> {
  const { story, offices, id } = scene;
  story.chapter(`An analyst in Ohio raises a benefit by $25${phase ? '' : `, and ${system} is dead`}`);
  if (phase) {
    await offices.dieAt(system, phase, id);
    story.tell(
      `When ${system} is asked to ${asked({ system, phase })}, it will die before it acts, and refuse connections from then on.`,
    );
  } else {
    await offices.kill(system);
    story.claim(`${system} refuses connections`, (await stateAt(offices, system, id)) === 'dead');
  }
  await emit(scene);
  if (phase !== 'rollback') return;
  story.claim(
    'it is committed everywhere',
    (await watch(scene, 'committed', 'parked')).state === 'committed',
  );
  story.chapter('It was a mistake: undo');
  await pressUndo(scene);
}

const others: Record<
  'prepare' | 'commit' | 'rollback',
  { does: string; decides: string; claim: string; states: string[] }
> = {
  prepare: {
    does: 'Its vote is unknown, so nothing is committed. At the deadline the sync is aborted. Lockstep waits until no call can be under way any more, and rolls the other systems back.',
    decides: 'abort',
    claim: 'the other systems have nothing of it any more, without any request',
    states: ['absent', 'rolled-back'],
  },
  commit: {
    does: 'All have said yes, so the decision is commit and is not reverted: Lockstep retries until every system has committed, or parks the sync for an operator.',
    decides: 'commit',
    claim: 'the change stands at the others',
    states: ['committed'],
  },
  rollback: {
    does: 'The others take it back at once. What is owed there is asked for again and again, then a person is asked.',
    decides: 'undo',
    claim: 'the others have taken it back',
    states: ['rolled-back'],
  },
};

async function theOthers(scene: Scene, order: KillOrder): Promise<void> {
  const { story, offices, id } = scene;
  const { does, decides, claim, states } = others[order.phase ?? 'prepare'];
  story.chapter('What the others do');
  story.tell(`${does} A system that has not answered five times in a row is left alone for a while.`);
  const sync = await watch(
    scene,
    'parked',
    ...(order.phase === 'rollback' ? ['undone'] : ['committed', 'rolled_back']),
  );
  const { to, reason = '' } = sync.decision ?? {};
  story.claim(
    `decided: ${decides}, because ${reason}`,
    to === decides && (to !== 'abort' || reason.includes(order.system)),
    sync,
  );
  const expected = lostBy(order) ? 'rolled_back' : 'parked';
  const why = lostBy(order)
    ? `rolled back: ${order.system} was only to look, so nothing can be left there`
    : `parked: it waits for ${order.system}`;
  story.claim(why, sync.state === expected, sync);
  const seen = await Promise.all(
    officeNames.filter((name) => name !== order.system).map((name) => stateAt(offices, name, id)),
  );
  story.claim(
    claim,
    seen.every((state) => states.includes(state)),
    seen,
  );
  story.claim(`${order.system} refuses connections`, (await stateAt(offices, order.system, id)) === 'dead');
}

/** A commit or an undo that is owed is pressed through the ticket; where only something may have to be released, its return is enough. */
async function theReturn(scene: Scene, order: KillOrder, read: number): Promise<void> {
  const { story, offices } = scene;
  const { system, phase = 'prepare' } = order;
  story.chapter(`${system} is back`);
  await offices.revive(system);
  if (lostBy(order)) return theSecondTry(scene, system);
  if (phase === 'prepare') await resume(scene, system);
  else await act(scene, 'retry', `${system} is back`);
  const end = { prepare: 'rolled_back', commit: 'committed', rollback: 'undone' }[phase];
  const sync = await watch(scene, end);
  story.claim(`it has come to its end: ${end.replace('_', ' ')}`, sync.state === end, sync);
  await theEnd(scene, { prepare: 'rolled back', commit: 'success', rollback: 'undone' }[phase], read);
  if (phase === 'prepare') await putAway(scene, system);
  await closed(scene);
}

/** What was not done stays on somebody's desk until he has seen it. */
async function putAway(scene: Scene, system: string): Promise<void> {
  scene.story.tell('The change was not made, so the ticket stays open until an operator marks it done.');
  await readTicket(scene, 'open', 'rolled back');
  await act(scene, 'mark-done', `${system} was away; to be sent again`);
}

/** Nothing stands anywhere and nothing will come: the change is sent again, and the ticket put away. */
async function theSecondTry(scene: Scene, system: string): Promise<void> {
  await resume(scene, system);
  const again = { ...scene, id: randomUUID() };
  await emit(again);
  const sync = await watch(again, 'committed', 'parked', 'rolled_back');
  scene.story.claim('under its new id all three have committed it', sync.state === 'committed', sync);
  await theEnd(again, 'success');
  await act(scene, 'mark-done', `sent again as ${again.id.slice(0, 8)}`);
  await closed(scene);
}

async function theEnd(scene: Scene, last: string, read = 0): Promise<void> {
  scene.story.chapter('Books and ledger');
  const states = Object.values(await theBooks(scene, await theLedger(scene, last, read)));
  const stands = last === 'success';
  const kept = states.every((state) =>
    stands ? state === 'committed' : state === 'absent' || state === 'rolled-back',
  );
  scene.story.claim(stands ? 'all three have the change' : 'no system has the change', kept, states);
}
