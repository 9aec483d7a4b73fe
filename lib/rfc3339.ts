const shape =
  /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/**
 * Milliseconds since the epoch as an RFC 3339 time: 2027-01-15T09:00:00.000Z. Throws a RangeError
 * outside the years 0000 to 9999.
 */
export function rfc3339(ms: number): string {
  if (!written(ms)) throw new RangeError(`${ms} is no time within the years 0000 to 9999`);
  return new Date(ms).toISOString();
}

/**
 * The time of an RFC 3339 text in ms since the epoch; undefined for anything else, without a zone
 * too. `t` and `z` may be small, second 60 is the next one, and what is finer than a millisecond is
 * dropped.
 */
export function instantOf(text: string): number | undefined {
  const [, year, month, day, hour, minute, second, fraction = '', sign, hours = '0', minutes = '0'] =
    shape.exec(text) ?? [];
  if (year === undefined) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day)) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const ms =
    date.getTime() +
    ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000 +
    Number(fraction.slice(0, 3).padEnd(3, '0'));
  return written(ms) ? ms : undefined;
}

/** Whether the writer can write it: a year of four digits. */
const written = (ms: number): boolean => ms >= -62_167_219_200_000 && ms <= 253_402_300_799_999;
