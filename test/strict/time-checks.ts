import fc from 'fast-check';
import { httpDateOf } from '#lib/http-date.ts';
import { instantOf, rfc3339 } from '#lib/rfc3339.ts';
import { type Checks, looking } from './look.ts';

const padded = (value: number, width: number) => String(value).padStart(width, '0');
const mostly = (max: number, beyond: number) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: beyond }) },
  );

const fields = fc.record({
  year: fc.oneof(
    fc.integer({ min: 0, max: 9999 }),
    fc.constantFrom(0, 1, 99, 1600, 1900, 2000, 2024, 2100, 9999),
  ),
  month: mostly(12, 19),
  day: mostly(31, 39),
  hour: mostly(23, 29),
  minute: mostly(59, 69),
  second: mostly(60, 69),
  fraction: fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,12}$/), fc.constant('.')),
  t: fc.constantFrom('T', 'T', 'T', 't', ' '),
  zone: fc.oneof(
    fc.constantFrom('Z', 'z', '+00:00', '-00:00', '', '+0100', 'UTC', '+24:00'),
    fc
      .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([sign, hours, minutes]) => `${sign}${padded(hours, 2)}:${padded(minutes, 2)}`),
  ),
});

/** Days since 1970-01-01 in the proleptic Gregorian calendar, by counting leap years. */
const daysTo = (year: number, month: number, day: number): number => {
  const leaps = (y: number) => Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1] as number;
  return (
    (year - 1970) * 365 +
    leaps(year - 1) -
    leaps(1969) +
    before +
    (month > 2 && isLeap(year) ? 1 : 0) +
    day -
    1
  );
};
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const longest = (year: number, month: number) =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

const times = fc.property(fields, (given) => {
  const { year, month, day, hour, minute, second, fraction, t, zone } = given;
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
  const text = `${date}${t}${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}${fraction}${zone}`;
  const found = instantOf(text);
  const offset = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  const isTime =
    (t === 'T' || t === 't') &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= longest(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 60 &&
    fraction !== '.' &&
    (zone === 'Z' || zone === 'z' || (offset !== null && Number(offset[2]) <= 23));
  if (!isTime) return found === undefined;
  const away = offset ? (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '+' ? 1 : -1) : 0;
  const ms =
    (daysTo(year, month, day) * 1440 + hour * 60 + minute - away) * 60_000 +
    second * 1000 +
    Math.floor(Number(`0${fraction || '.0'}`) * 1000 + 1e-6);
  const isWritten = ms >= daysTo(0, 1, 1) * 86_400_000 && ms < daysTo(10_000, 1, 1) * 86_400_000;
  return isWritten ? found === ms && instantOf(rfc3339(ms)) === ms : found === undefined;
});

/** A time in another form is none: cut off, with something more, or in the words of another land. */
const others = fc.property(
  fc.oneof(
    fc.constantFrom(
      ...[
        '1/2/2027 9:00 AM',
        '2027-01-15',
        '2027-01-15T09:00:00',
        '2027-01-15T09:00Z',
        '1800003600',
        '2027',
        'now',
      ],
      ...[
        '20270115T090000Z',
        '2027-W02-5T09:00:00Z',
        '2027-015T09:00:00Z',
        '+002027-01-15T09:00:00Z',
        '2027-01-15T24:00:00Z',
      ],
      ...[
        '2027-01-15T09:00:00Z ',
        ' 2027-01-15T09:00:00Z',
        '2027-01-15T09:00:00ZZ',
        '2027-01-15T09:00:00,5Z',
        '२०२७-01-15T09:00:00Z',
      ],
    ),
    fc.string({ maxLength: 30 }),
    fc.nat({ max: 23 }).map((length) => '2027-01-15T09:00:00.000Z'.slice(0, length)),
  ),
  (text) => instantOf(text) === undefined,
);

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const httpDates = fc.property(
  fc.integer({ min: -1_000_000_000, max: 3_000_000_000 }),
  fc.constantFrom('fixdate', 'rfc850', 'asctime', 'other'),
  (seconds, form) => {
    const date = new Date(seconds * 1000);
    const fixdate = date.toUTCString();
    const [, day = '', month = '', year = '', time = ''] = fixdate.split(/,? /);
    const texts = {
      fixdate,
      rfc850: `${days[date.getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`,
      asctime: `${fixdate.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`,
      other: date.toISOString(),
    };
    return httpDateOf(texts[form], date.getTime()) === (form === 'other' ? undefined : date.getTime());
  },
);

export const timeChecks: Checks = {
  'a time is read as RFC 3339 says, in any zone, and written back': looking(times),
  'a text in any other form is no time': looking(others),
  'an HTTP date is read in each of its three forms': looking(httpDates),
};
