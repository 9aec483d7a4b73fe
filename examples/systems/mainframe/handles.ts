import type { Content } from './content.ts';
import type { Told } from './orders.ts';

/** An open handle: a file, or the rest of a listing. */
export type Handle =
  | { path: string; content: Content; writes: boolean; told: Told | undefined }
  | { left: string[] };

/** The handles of one session, by the four bytes that name each on the wire. */
export function handles() {
  const open = new Map<number, Handle>();
  let last = 0;
  return {
    add(handle: Handle): Buffer {
      last += 1;
      open.set(last, handle);
      const name = Buffer.alloc(4);
      name.writeUInt32BE(last);
      return name;
    },
    file(name: Buffer) {
      const found = name.length === 4 ? open.get(name.readUInt32BE()) : undefined;
      return found && 'content' in found ? found : undefined;
    },
    listing(name: Buffer) {
      const found = name.length === 4 ? open.get(name.readUInt32BE()) : undefined;
      return found && 'left' in found ? found : undefined;
    },
    close: (name: Buffer): boolean => name.length === 4 && open.delete(name.readUInt32BE()),
  };
}
