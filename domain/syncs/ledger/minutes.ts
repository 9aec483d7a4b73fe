const minuteMs = 60_000;

/** A minute of UTC: `2026-11-21T11:40`. As text they are in the order of time. */
export const minuteOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16);

/** When a minute began, in ms since the epoch. */
export const beganAt = (minute: string): number => Date.parse(`${minute}Z`);

export const minuteAfter = (minute: string, more = 1): string => minuteOf(beganAt(minute) + more * minuteMs);

const shards = [0, 1, 2, 3];

/** Where the ledger's index has what was recorded for a sync at a time: `2026-11-21T11:40#2`. */
export const recordedAt = (ms: number, outsideToken: string): string =>
  `${minuteOf(ms)}#${Number.parseInt(outsideToken[0] ?? '0', 16) % shards.length}`;

/** Everywhere that the index has something of this minute. */
export const partsOf = (minute: string): string[] => shards.map((shard) => `${minute}#${shard}`);
