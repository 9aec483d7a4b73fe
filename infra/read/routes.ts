import { type Door, ofKind, type RouteDoor } from './doors.ts';

/** A route and its door; `inherited` when a newer version answers with an older one's door. */
export type Route = { method: string; path: string; door: RouteDoor; inherited: boolean };

/**
 * Every version's routes. A version defines only what differs and inherits the other doors of its
 * predecessor; a door of version 0 belongs to no version.
 */
export const routesOf = (doors: Door[]): Route[] => {
  const all = ofKind(doors, 'route');
  const areas = Map.groupBy(
    all.filter(({ version }) => version > 0),
    (door) => door.area,
  );
  const unversioned = all.filter(({ version }) => version === 0);
  return [
    ...[...areas.values()].flatMap((inArea) =>
      versionsOf(inArea).flatMap((version) => mounted(inArea, version)),
    ),
    ...unversioned.map((door) => ({ method: door.method, path: door.path, door, inherited: false })),
  ];
};

/** The version numbers of some routes, ascending. */
export const versionsOf = (doors: RouteDoor[]): number[] => {
  const versions = [...new Set(doors.map((door) => door.version))].filter(Boolean).sort((a, b) => a - b);
  const gap = versions.find((version, index) => index > 0 && versions[index - 1] !== version - 1);
  if (gap)
    throw new Error(`functions/${doors[0]!.area}/v${gap}: there is no v${gap - 1} for it to differ from`);
  return versions;
};

const mounted = (doors: RouteDoor[], version: number): Route[] => {
  const newestFirst = doors.filter((door) => door.version <= version).sort((a, b) => b.version - a.version);
  const chosen = new Map<string, Route>();
  for (const door of newestFirst) {
    const path = door.path.replace(`/v${door.version}/`, `/v${version}/`);
    const route = `${door.method} ${path}`;
    if (!chosen.has(route))
      chosen.set(route, { method: door.method, path, door, inherited: door.version !== version });
  }
  return [...chosen.values()];
};
