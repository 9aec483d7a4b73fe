const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const longDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const [day, longDay, month] = [days, longDays, months].map((names) => `(?:${names.join('|')})`);
const time = String.raw`(?<time>\d\d:\d\d:\d\d)`;
const formats = [
  String.raw`${day}, (?<date>\d\d) (?<month>${month}) (?<year>\d{4}) ${time} GMT`,
  String.raw`${longDay}, (?<date>\d\d)-(?<month>${month})-(?<year>\d\d) ${time} GMT`,
  String.raw`${day} (?<month>${month}) (?<date>[ \d]\d) ${time} (?<year>\d{4})`,
].map((format) => new RegExp(`^${format}$`));

/**
 * An HTTP date in milliseconds since the epoch: IMF-fixdate, and the two obsolete formats that a
 * recipient must accept (RFC 9110, 5.6.7). Undefined for anything else. The name of the day is not
 * compared with the date; `now` decides the century of two digits.
 */
export function httpDate(text: string, now: number): number | undefined {
  const found = formats.map((format) => format.exec(text)?.groups).find(Boolean);
  if (!found) return undefined;
  const [hours = 24, minutes = 60, seconds = 61] = (found.time ?? '').split(':').map(Number);
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  const [date, at] = [Number(found.date), months.indexOf(found.month ?? '')];
  const year = found.year?.length === 2 ? centuryOf(Number(found.year), now) : Number(found.year);
  const day = new Date(0).setUTCFullYear(year, at, date);
  return new Date(day).getUTCDate() === date
    ? day + ((hours * 60 + minutes) * 60 + seconds) * 1000
    : undefined;
}

/** A year that would be more than 50 years ahead is in the past. */
function centuryOf(year: number, now: number): number {
  const current = new Date(now).getUTCFullYear();
  const same = current - (current % 100) + year;
  return same > current + 50 ? same - 100 : same;
}
