import type { KillOrder } from './kill-order.ts';
import type { Lab } from './lab.ts';
import { officeNames } from './offices.ts';
import { theLedger } from './ohio-ledger.ts';
import { lostBy, theReturn } from './ohio-return.ts';
import { emit, onScene, type Scene, stateAt, watch } from './ohio-scene.ts';
import { theTicket } from './ohio-tickets.ts';
import { pressUndo } from './ohio-undo.ts';

/** A lab in which one system dies, and the reactions of the others. */
export const killing = (order: KillOrder): Lab => ({
  title: `A benefit in Ohio, and ${order.system} ${order.phase ? `dies when it is asked to ${asked(order)}` : 'is dead'}`,
  play: (stage, story) =>
    onScene(stage, story, async (scene) => {
      try {
        await death(scene, order);
        await theOthers(scene, order);
        story.chapter('The ticket of the operator');
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
    'the sync is committed at all three',
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
    does: 'Its vote is unknown, so nothing is committed. At the deadline the sync is aborted. Lockstep waits until no call can be in flight any more, and rolls the other systems back.',
    decides: 'abort',
    claim: 'the other systems are rolled back, without any request',
    states: ['absent', 'rolled-back'],
  },
  commit: {
    does: 'All have said yes, so the decision is commit and is not reverted: Lockstep retries until every system has committed, or parks the sync for an operator.',
    decides: 'commit',
    claim: 'the other systems have the change',
    states: ['committed'],
  },
  rollback: {
    does: 'The other systems undo it at once. The dead system is retried, then the sync is parked for an operator.',
    decides: 'undo',
    claim: 'the other systems have undone it',
    states: ['rolled-back'],
  },
};

async function theOthers(scene: Scene, order: KillOrder): Promise<void> {
  const { story, offices, id } = scene;
  const { does, decides, claim, states } = others[order.phase ?? 'prepare'];
  story.chapter('What the other systems do');
  story.tell(`${does} A system that has not answered five calls in a row is not called for a while.`);
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
    ? `rolled back: ${order.system} only checks before a commit, so nothing can be left there`
    : `parked: the sync waits for ${order.system}`;
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
