import { describe, expect, it } from 'vitest';
import { slotFields } from '#domain/reservations/slots/slot-fields.ts';
import { lateAnswerFields } from '#domain/syncs/recovery/late-answer-fields.ts';
import { actionFields } from '#domain/syncs/tickets/action-fields.ts';
import { instant, reasoned } from '#lib/http/fields.ts';
import { uuid } from '#lib/http/uuid-field.ts';

describe('the nil UUID', () => {
  it('names nothing, in any spelling', () => {
    for (const text of [
      '00000000-0000-0000-0000-000000000000',
      '0'.repeat(32),
      `urn:uuid:{${'0'.repeat(32)}}`,
    ])
      expect(uuid.safeParse(text).success, text).toBe(false);
  });
});

describe('free text', () => {
  const fields: [string, (text: string) => boolean][] = [
    ["an operator's reason", (reason) => reasoned.safeParse({ reason }).success],
    [
      "the reason of a ticket's action",
      (reason) => actionFields.safeParse({ action: 'retry', reason }).success,
    ],
    [
      "a hook's vote",
      (reason) =>
        lateAnswerFields.safeParse({
          ...{ event_id: 'c9c1e0aa-0000-4000-8000-000000000001', phase: 'commit', result: 'no', reason },
        }).success,
    ],
    ["a slot's site", (site) => slotFields.safeParse({ site, starts_at: '2027-01-15T09:00:00Z' }).success],
  ];

  it.each(fields)('is taken in any language: %s', (_, takes) => {
    for (const text of ['maintenance', 'Wartung in Köln', '点検', 'صيانة', '👩‍💻 again'])
      expect(takes(text), text).toBe(true);
  });

  it.each(fields)('is refused with half of a surrogate pair or a control character: %s', (_, takes) => {
    const steering = [
      'a\ud800',
      '\udc00a',
      'a\u0000',
      'a\u001b[2J',
      'a\u009b2J',
      'a\u007f',
      'a\nb',
      'a\u202eb',
      'a\u2066b',
    ];
    for (const text of steering) expect(takes(text), JSON.stringify(text)).toBe(false);
  });

  it('is counted in bytes', () => {
    expect(reasoned.safeParse({ reason: 'é'.repeat(150) }).success).toBe(true);
    expect(reasoned.safeParse({ reason: 'é'.repeat(151) }).success).toBe(false);
    expect(reasoned.safeParse({ reason: '点'.repeat(101) }).success).toBe(false);
  });
});

describe('a time that comes in', () => {
  it.each([
    ['2027-01-15T10:00:00+01:00', '2027-01-15T09:00:00.000Z'],
    ['2027-01-15t09:00:00z', '2027-01-15T09:00:00.000Z'],
    ['2027-01-15T09:00:00-00:00', '2027-01-15T09:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2027-01-15T09:00:00.123456789Z', '2027-01-15T09:00:00.123Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('is read as RFC 3339: %s', (text, utc) => {
    expect(new Date(instant.parse(text)).toISOString()).toBe(utc);
    expect(slotFields.parse({ site: 'Harbour', starts_at: text }).starts_at).toBe(utc);
  });

  it.each([
    ...[
      '2027-01-15T09:00:00',
      '1/2/2027 9:00 AM',
      '2027-02-29T00:00:00Z',
      '2027-01-15 09:00:00Z',
      '2027-01-15',
    ],
    ...[
      '2027-01-15T24:00:00Z',
      '2027-01-15T09:00:61Z',
      '0000-01-01T00:00:00+00:01',
      '9999-12-31T23:59:60Z',
      '1800003600',
    ],
  ])('is refused in any other form, and without a zone: %s', (text) => {
    expect(instant.safeParse(text).success).toBe(false);
    expect(slotFields.safeParse({ site: 'Harbour', starts_at: text }).success).toBe(false);
  });
});
