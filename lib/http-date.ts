import { instantOf } from './rfc3339.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** IMF-fixdate, and the two older forms that a reader must know (RFC 9110, 5.6.7). */
const forms = [
  /^[A-Z][a-z]{2}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>[\d:]{8}) GMT$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<time>[\d:]{8}) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>[\d:]{8}) (?<year>\d{4})$/,
];

/** The time of an HTTP date in ms since the epoch; undefined for anything else. */
export function httpDateOf(text: string, now = Date.now()): number | undefined {
  for (const form of forms) {
    const { day = '', month = '', year = '', time = '' } = form.exec(text.trim())?.groups ?? {};
    const number = months.indexOf(month) + 1;
    if (number === 0) continue;
    const date = `${String(number).padStart(2, '0')}-${day.replace(' ', '0')}T${time}Z`;
    return instantOf(`${year.length === 2 ? centuryOf(Number(year), now) : year}-${date}`);
  }
  return undefined;
}

/** A year of two digits is at most fifty years ahead, and otherwise the last one that ends so. */
function centuryOf(year: number, now: number): number {
  const today = new Date(now).getUTCFullYear();
  const full = today - (today % 100) + year;
  return full > today + 50 ? full - 100 : full;
}
