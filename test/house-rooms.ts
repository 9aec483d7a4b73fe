import { type File, files } from './infra/files.ts';

export const inRooms = (...names: string[]) => files.filter(({ room }) => names.includes(room));
export const everyImport = (from: File[]) =>
  from.flatMap(({ imports, ...file }) => imports.map((each) => ({ ...each, file })));
