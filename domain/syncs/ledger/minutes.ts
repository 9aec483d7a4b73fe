const minuteMs = 60_000;

/** A UTC minute: `2026-11-21T11:40`. Text order is time order. */
export const minuteOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16);

/** Start of a minute, in ms since the epoch. */
export const minuteStart = (minute: string): number => Date.parse(`${minute}Z`);

export const minuteAfter = (minute: string, more = 1): string =>
  minuteOf(minuteStart(minute) + more * minuteMs);

const shards = [0, 1, 2, 3];

/** Index partition of a sync's pages in a minute: `2026-11-21T11:40#2`. */
export const recordedAt = (ms: number, outsideToken: string): string =>
  `${minuteOf(ms)}#${Number.parseInt(outsideToken[0] ?? '0', 16) % shards.length}`;

/** Every index partition of a minute. */
export const partsOf = (minute: string): string[] => shards.map((shard) => `${minute}#${shard}`);
