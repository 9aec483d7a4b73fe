import { posix } from 'node:path';

const folder = '/in';

/** The name of a file in the one folder; undefined for any other path. */
export function fileAt(path: string): string | undefined {
  const { dir, base } = posix.parse(absolute(path));
  return dir === folder && base !== '' ? base : undefined;
}

export const absolute = (path: string): string => posix.resolve(folder, path);
export const isFolder = (path: string): boolean => [folder, '/'].includes(absolute(path));

export const attributes = (size: number, isDirectory = false) => ({
  mode: isDirectory ? 0o40755 : 0o100600,
  uid: 0,
  gid: 0,
  size,
  atime: 0,
  mtime: 0,
});
