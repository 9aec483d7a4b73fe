import { eventually } from './eventually.ts';
import { killOrder } from './kill-order.ts';
import type { Lab } from './lab.ts';
import { batching } from './ohio-batch.ts';
import { killing } from './ohio-kill.ts';
import { theBooks, theLedger } from './ohio-ledger.ts';
import { emit, onScene, type Scene, watch } from './ohio-scene.ts';
import { pressUndo, thePlan } from './ohio-undo.ts';

export const lab: Lab = {
  title: 'A benefit in Ohio: three systems, one token',
  killing: (order) => killing(killOrder(order)),
  batching,
  encore: 'dashboard',
  play: (stage, story) =>
    onScene(stage, story, async (scene) => {
      const before = await scene.offices.total();
      await theEvent(scene);
      const read = await theSystems(scene, before);
      await theUndo(scene, before, read);
      await theBus(scene);
    }),
};

async function theEvent(scene: Scene): Promise<void> {
  const { story } = scene;
  story.chapter('An analyst in Ohio raises a benefit by $25');
  story.tell(
    'The debit-card vendor, the cheque printer and the public dashboard share no database. All of them get the change, or none.',
  );
  const { answer, again } = await emit(scene);
  const repeat = await again();
  const same = repeat.text === answer.text && repeat.headers.get('idempotent-replayed') === 'true';
  story.claim('sent twice by mistake: the same answer, replayed', same, repeat.body);
}

async function theSystems(scene: Scene, before: number): Promise<number> {
  const { story, offices } = scene;
  story.chapter('The three systems, live');
  const sync = await watch(scene, 'committed', 'parked', 'rolled_back');
  const all = sync.state === 'committed' && sync.systems.every(({ commit }) => commit?.vote === 'yes');
  story.claim('committed: all three have said yes to prepare and to commit', all, sync);

  story.chapter('The ledger');
  const rows = await theLedger(scene, 'success');

  story.chapter("The systems' own books");
  const states = await theBooks(scene, rows);
  story.claim(
    'all three have the change',
    Object.values(states).every((state) => state === 'committed'),
    states,
  );
  const total = await offices.total();
  story.claim(`the dashboard's total rose from ${before} to ${total} USD`, total === before + 25, total);
  return rows.length;
}

async function theUndo(scene: Scene, before: number, read: number): Promise<void> {
  const { story, offices } = scene;
  story.chapter('It was a mistake: the plan of an undo');
  await thePlan(scene);

  story.chapter('Undo');
  await pressUndo(scene);
  const sync = await watch(scene, 'undone', 'parked');
  story.claim('undone', sync.state === 'undone', sync);
  const rows = await theLedger(scene, 'undone', read);
  const states = await theBooks(scene, rows);
  const gone = Object.values(states).every((state) => state === 'rolled-back');
  story.claim('no system has the change any more', gone, states);
  const total = await offices.total();
  story.claim(`the dashboard's total is back at ${total} USD`, total === before, total);
}

const told = ['sync.accepted', 'sync.committed', 'success', 'sync.undone'];

async function theBus({ story, heard, id }: Scene): Promise<void> {
  story.chapter('The events that a subscriber of the bus got');
  const mine = () => heard.filter(({ data }) => data.sync_id === id);
  const events = await eventually(mine, (seen) =>
    told.every((type) => seen.some((one) => one.type === type)),
  );
  const ordered = [...new Map(events.map((one) => [one.id + one.type, one])).values()].sort(
    (a, b) => a.v - b.v,
  );
  for (const { type, time, data } of ordered)
    story.show(`${time.slice(11, 23)}  ${type.padEnd(16)} ${data.state}`);
  const types = ordered.map(({ type }) => type);
  story.claim(
    `each event once: ${told.join(', ')}`,
    types.length === told.length && told.every((type) => types.includes(type)),
    types,
  );
}
