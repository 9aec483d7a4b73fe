import * as z from 'zod';

/**
 * Characters that steer what shows them: controls (C0, DEL, C1), line and paragraph separators, and
 * those that turn the direction of writing (U+202A to 202E, U+2066 to 2069).
 */
const steering = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** One line of data for a screen, with a visible mark for each character that would steer it. */
export const cleaned = (line: string): string => line.toWellFormed().replaceAll(steering, '\ufffd');

/** The same for several lines: their ends and tabs stay. */
export const cleanedLines = (lines: string): string =>
  lines.toWellFormed().replaceAll(steering, (found) => (/[\n\t]/.test(found) ? found : '\ufffd'));

/** JSON for a screen: the same value, and what would steer it is escaped. */
export const escapedJson = (json: string): string =>
  json.replaceAll(steering, (found) =>
    found === '\n' ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/**
 * The schema of all free text that comes in: one line of well-formed Unicode without control
 * characters, trimmed, of `least` to `most` bytes of UTF-8.
 */
export const text = (most: number, least: 0 | 1 = 1) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((given) => given.isWellFormed(), 'Text in Unicode, without half of a surrogate pair.')
    .refine((given) => given.search(steering) < 0, 'One line, without control characters.')
    .refine((given) => Buffer.byteLength(given) <= most, `At most ${most} bytes of UTF-8.`);
