import type { Clock } from '#lib/clock.ts';
import type { Layout } from '#systems/layout.ts';
import type { RemoteFiles } from '#systems/protocol.ts';
import { mainframeBooks } from './books.ts';
import { folderOf } from './folder.ts';
import { intakeOf, type Machine } from './intake.ts';
import { named } from './names.ts';
import { type Call, mainframeOrders, type Told } from './orders.ts';

type Arrival = { at: number; call: Call; key: string; behaviour?: string };
type Made = { layout: Layout; clock: Clock; machine?: Machine };
const immortal: Machine = { isAlive: () => true, die: () => {}, pause: async () => {} };

/**
 * The mainframe without a network: its folder in memory, its books, and the job between them.
 * `files` is the folder as a caller sees it over SFTP; a file that is renamed to `.dat` is booked
 * and answered before `rename` returns.
 */
export function mainframeFiles({ layout, clock, machine = immortal }: Made) {
  const books = mainframeBooks({ clock });
  const orders = mainframeOrders();
  const arrivals: Arrival[] = [];
  /** The order for this call; the call is recorded either way. */
  const told = (call: Call, key: string, has?: (item: string) => boolean): Told | undefined => {
    const order = orders.next(call, { key, has });
    arrivals.push({ at: clock.now(), call, key, ...(order && { behaviour: order.behaviour }) });
    return order;
  };
  const folder = folderOf({
    appeared: (file) => {
      const name = named(file);
      if (name?.ending === 'void') books.bury(name.key);
    },
  });
  const intake = intakeOf({ layout, books, folder, machine, told });

  const files: RemoteFiles = {
    size: async (path) => folder.get(path)?.size(),
    read: async (path, from) => folder.get(path)?.stream(from),
    async write(path, bytes, from = 0) {
      const file = folder.opened(path);
      let end = from;
      for await (const chunk of bytes) {
        file.write(end, chunk);
        end += chunk.length;
      }
      file.truncate(end);
      await intake.take(path);
    },
    async rename(path, to) {
      const renamed = folder.rename(path, to);
      if (renamed) await intake.take(to);
      return renamed;
    },
    remove: async (path) => folder.remove(path),
  };
  return { files, folder, books, orders, arrivals, told, intake };
}

export type Mainframe = ReturnType<typeof mainframeFiles>;
