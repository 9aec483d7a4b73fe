import { type Content, content } from './content.ts';

/** A folder of files in memory, with a listener for new names. */
export type Folder = ReturnType<typeof folderOf>;

export function folderOf({ appeared }: { appeared: (file: string) => void }) {
  const files = new Map<string, Content>();
  return {
    get: (file: string) => files.get(file),
    names: () => [...files.keys()].sort(),
    /** The file of this name, created if absent. */
    opened(file: string): Content {
      const there = files.get(file);
      if (there) return there;
      const made = content();
      files.set(file, made);
      appeared(file);
      return made;
    },
    /** Renames in one step, over an existing file. False: there is no such file. */
    rename(file: string, to: string): boolean {
      const found = files.get(file);
      if (!found) return false;
      files.delete(file);
      files.set(to, found);
      appeared(to);
      return true;
    },
    remove: (file: string): boolean => files.delete(file),
  };
}
