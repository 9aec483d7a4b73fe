import { randomUUID } from 'node:crypto';
import type { KillOrder } from './kill-order.ts';
import { theBooks, theLedger } from './ohio-ledger.ts';
import { emit, type Scene, watch } from './ohio-scene.ts';
import { act, closed, readTicket, resume } from './ohio-tickets.ts';

/**
 * The debit vendor only checks at a prepare, so nothing can be left there and no sync waits for
 * it.
 */
export const lostBy = ({ system, phase = 'prepare' }: KillOrder) => system === 'debit' && phase === 'prepare';

/** An owed commit or undo is retried through the ticket; an owed release needs only the return. */
export async function theReturn(scene: Scene, order: KillOrder, read: number): Promise<void> {
  const { story, offices } = scene;
  const { system, phase = 'prepare' } = order;
  story.chapter(`${system} is back`);
  await offices.revive(system);
  if (lostBy(order)) return theSecondTry(scene, system);
  if (phase === 'prepare') await resume(scene, system);
  else await act(scene, 'retry', `${system} is back`);
  const end = { prepare: 'rolled_back', commit: 'committed', rollback: 'undone' }[phase];
  const sync = await watch(scene, end);
  story.claim(`the sync has ended: ${end.replace('_', ' ')}`, sync.state === end, sync);
  await theEnd(scene, { prepare: 'rolled back', commit: 'success', rollback: 'undone' }[phase], read);
  if (phase === 'prepare') await putAway(scene, system);
  await closed(scene);
}

/** The ticket of a change that was not made stays open until an operator marks it done. */
async function putAway(scene: Scene, system: string): Promise<void> {
  scene.story.tell('The change was not made, so the ticket stays open until an operator marks it done.');
  await readTicket(scene, 'open', 'rolled back');
  await act(scene, 'mark-done', `${system} was down; to be sent again`);
}

/** No system has the change: it is sent again, and the ticket is marked done. */
async function theSecondTry(scene: Scene, system: string): Promise<void> {
  await resume(scene, system);
  const again = { ...scene, id: randomUUID() };
  await emit(again);
  const sync = await watch(again, 'committed', 'parked', 'rolled_back');
  scene.story.claim('under the new id all three have committed it', sync.state === 'committed', sync);
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
