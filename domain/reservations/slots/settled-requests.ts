import { room, type Slot } from './slot.ts';

/**
 * Settled requests of a slot by holder, packed: 16 bytes of request digest, 4 of time (s), 1 of
 * outcome; for a booking 12 bytes of hold and the brand. A cancelled booking stays for 24 h, so
 * that a late duplicate does not book again; refusals stay as long as there is room.
 */
export type Settled = { request: string; at: number } & (
  | { refused: Refusal }
  | { hold: string; brand?: string }
);
export type Refusal = 'eligibility' | 'payment' | 'eligibility and payment';

const kinds = ['booking', 'eligibility', 'payment', 'eligibility and payment'] as const;
export const rememberedMs = 24 * 3_600_000;

export function pack(settled: Settled): Uint8Array {
  const head = Buffer.alloc(21);
  Buffer.from(settled.request, 'base64url').copy(head, 0);
  head.writeUInt32BE(Math.floor(settled.at / 1000), 16);
  head.writeUInt8('refused' in settled ? kinds.indexOf(settled.refused) : 0, 20);
  if ('refused' in settled) return new Uint8Array(head);
  return new Uint8Array(
    Buffer.concat([head, Buffer.from(settled.hold, 'base64url'), Buffer.from(settled.brand ?? '')]),
  );
}

export function unpack(packed: Uint8Array): Settled {
  const bytes = Buffer.from(packed);
  const base = { request: bytes.subarray(0, 16).toString('base64url'), at: bytes.readUInt32BE(16) * 1000 };
  const kind = kinds[bytes.readUInt8(20)] ?? 'booking';
  if (kind !== 'booking') return { ...base, refused: kind };
  const brand = bytes.subarray(33).toString();
  return { ...base, hold: bytes.subarray(21, 33).toString('base64url'), ...(brand && { brand }) };
}

/** The cancelled booking of this hold, if it is still remembered. */
export function cancelled(slot: Slot, hold: string): { at: number; brand?: string } | undefined {
  const found = Object.values(slot.past)
    .map(unpack)
    .find((settled) => 'hold' in settled && settled.hold === hold);
  return found && { at: found.at, ...('brand' in found && found.brand && { brand: found.brand }) };
}

type Memory = { past: Record<string, Uint8Array>; full?: number };

/**
 * Adds one settled request to the slot's memory. Bookings leave by age and refusals by room, never
 * a booking for a refusal; when a day's bookings fill it, `full` blocks further holds until then.
 */
export function remember(slot: Slot, holder: string, settled: Settled, now: number): Memory {
  const kept = Object.entries(slot.past).map(([who, packed]) => ({ who, packed, ...read(packed) }));
  const bookings = kept.filter(
    (entry) => entry.booking && entry.at > now - rememberedMs && entry.who !== holder,
  );
  const refusals = kept.filter((entry) => !entry.booking && entry.who !== holder).sort((a, b) => b.at - a.at);
  const mine = { who: holder, packed: pack(settled), at: settled.at, booking: !('refused' in settled) };
  const first = mine.booking ? [mine, ...bookings] : [...bookings, mine];
  const past = Object.fromEntries(
    [...first, ...refusals].slice(0, room.past).map((entry) => [entry.who, entry.packed]),
  );
  const days = first.filter((entry) => entry.booking);
  return days.length < room.past
    ? { past }
    : { past, full: Math.min(...days.map((entry) => entry.at)) + rememberedMs };
}

function read(packed: Uint8Array): { at: number; booking: boolean } {
  const settled = unpack(packed);
  return { at: settled.at, booking: !('refused' in settled) };
}
