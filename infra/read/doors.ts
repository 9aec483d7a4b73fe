import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { reading } from './door-names.ts';

/**
 * `name` is the path below functions/ without its ending, `file` the same as written in reports.
 */
type Named = { name: string; file: string; entry: string };
export type RouteDoor = Named & {
  kind: 'route';
  area: string;
  version: number;
  method: string;
  path: string;
};
export type GreedyDoor = Named & { kind: 'greedy' };
export type JobDoor = Named & { kind: 'job'; type: string };
/**
 * `hears`: one type, every type below a word, an AWS service on the default bus, or (none of
 * these) all of our events.
 */
export type SubscriberDoor = Named & {
  kind: 'subscriber';
  hears: { type?: string; prefix?: string; aws?: 'states' };
};
export type StreamDoor = Named & { kind: 'stream' };
export type ScheduleDoor = Named & { kind: 'schedule'; every: number; unit: 'minute' | 'hour' | 'day' };
/** `task`: its name in the definition of the state machine, in lower case. */
export type SagaDoor = Named & { kind: 'saga'; task: string };
export type AdapterDoor = Named & { kind: 'adapter'; adapter: string };
export type Door =
  | RouteDoor
  | GreedyDoor
  | JobDoor
  | SubscriberDoor
  | StreamDoor
  | ScheduleDoor
  | SagaDoor
  | AdapterDoor;

/** The part of a door that follows from its name alone. */
export type Reading = Door extends infer D ? (D extends Door ? Omit<D, keyof Named> : never) : never;

/**
 * Reads every file under functions/ as plain data. Throws, naming the file, at a name that it
 * cannot read: the file would not be deployed.
 */
export const doorsIn = (root: string): Door[] => {
  const doors = filesIn(join(root, 'functions')).map((path) => {
    const file = `functions/${path}`;
    if (!path.endsWith('.ts')) throw new Error(`${file}: only doors (.ts) live under functions/`);
    const name = path.slice(0, -'.ts'.length);
    return { ...reading(name, file), name, file, entry: join(root, file) } as Door;
  });
  refuseTwoNamesForOneSegment(doors);
  return doors;
};

/** The doors of one kind, typed as such. */
export const ofKind = <K extends Door['kind']>(doors: Door[], kind: K) =>
  doors.filter((door): door is Extract<Door, { kind: K }> => door.kind === kind);

const filesIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .sort();

/**
 * API Gateway allows one parameter name per place in the tree, and says so only at deploy.
 * Versions share doors, so they share names too.
 */
const refuseTwoNamesForOneSegment = (doors: Door[]) => {
  const known = new Map<string, { segment: string; file: string }>();
  for (const { path, file } of ofKind(doors, 'route')) {
    const segments = path.replace(/\/v\d+\//, '/').split('/');
    for (const [index, segment] of segments.entries()) {
      if (!segment.startsWith('{')) continue;
      const place = segments.slice(0, index).join('/');
      const first = known.get(place) ?? { segment, file };
      if (first.segment !== segment)
        throw new Error(`${file}: ${segment} is called ${first.segment} in ${first.file}`);
      known.set(place, first);
    }
  }
};
