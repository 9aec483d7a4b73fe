import type { Layout } from '#systems/layout.ts';
import { answerLine } from './answer-line.ts';
import type { Answer, mainframeBooks } from './books.ts';
import { type Brought, broughtBy, type Refusal } from './brought.ts';
import type { Folder } from './folder.ts';
import { fileOf, type Named, named } from './names.ts';
import type { Told } from './orders.ts';

/** The machine of the job. `pause` throws if the machine dies meanwhile. */
export type Machine = { isAlive: () => boolean; die: () => void; pause: (ms: number) => Promise<void> };
type Tools = {
  layout: Layout;
  books: ReturnType<typeof mainframeBooks>;
  folder: Folder;
  machine: Machine;
  told: (call: 'process', key: string, has: (item: string) => boolean) => Told | undefined;
};
type Taken = { name: Named; file: Brought | Refusal; told: Told | undefined };

/**
 * The job that takes complete files, books each, writes its answer, and removes it last: an
 * interrupted file is taken again.
 */
export function intakeOf(tools: Tools) {
  const { layout, folder, machine } = tools;
  const underWay = new Set<string>();

  const read = async (name: Named) => {
    const found = folder.get(fileOf(name, 'dat'));
    if (!found) return;
    const file = await broughtBy(layout, found.stream());
    if (!machine.isAlive()) return;
    const told = tools.told('process', name.key, (item) => 'items' in file && file.items.has(item));
    await process(tools, { name, file, told });
  };
  const take = async (path: string): Promise<void> => {
    const name = named(path);
    if (name?.ending !== 'dat' || underWay.has(path)) return;
    underWay.add(path);
    try {
      await read(name);
    } catch (error) {
      if (machine.isAlive()) throw error; // the machine died during the pause
    } finally {
      underWay.delete(path);
    }
  };

  return {
    take,
    /** Takes all complete files, as after a restart. */
    sweep: async (): Promise<void> => {
      for (const path of folder.names()) await take(path);
    },
  };
}

async function process({ books, folder, machine }: Tools, { name, file, told }: Taken) {
  const { behaviour, delayMs = 0, item } = told ?? {};
  const enter = () => books.enter(name, file, { refuse: behaviour === 'refuse', item });
  const dat = fileOf(name, 'dat');

  if (behaviour === 'hang') return;
  if (behaviour === 'die') return machine.die();
  if (behaviour === 'lose') return void folder.remove(dat);
  if (behaviour === 'ongoing') await machine.pause(delayMs);
  const judged = enter();
  // A file under the name of a booked one: its answer must say that the other file is booked.
  const answer = books.accepted(name) ?? judged;
  if (behaviour === 'repeat') enter();
  if (behaviour === 'die-after') return machine.die();
  if (behaviour === 'slow') await machine.pause(delayMs);
  const rsp = fileOf(name, 'rsp');
  folder.remove(`${rsp}.tmp`);
  folder.opened(`${rsp}.tmp`).write(0, Buffer.from(lineFor(name, answer, behaviour)));
  folder.rename(`${rsp}.tmp`, rsp);
  folder.remove(dat);
}

function lineFor(name: Named, answer: Answer, behaviour: Told['behaviour'] | undefined) {
  const line = answerLine(behaviour === 'wrong-id' ? { ...name, token: '0'.repeat(32) } : name, answer);
  return behaviour === 'cut' ? line.slice(0, line.length / 2) : line;
}
