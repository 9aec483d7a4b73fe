/**
 * `res_` and 27 characters with the slot's number and the hold: it can be read before any
 * projection has the reservation.
 */
export function reservationId(slot: number, hold: string): string {
  const bytes = Buffer.alloc(20);
  bytes.writeBigUInt64BE(BigInt(slot), 0);
  Buffer.from(hold, 'base64url').copy(bytes, 8);
  return `res_${bytes.toString('base64url')}`;
}

/**
 * Undefined for any other text, also for another spelling of the same bytes: an id has one
 * spelling.
 */
export function readReservationId(id: string): { slot: number; hold: string } | undefined {
  const bytes = Buffer.from(id.slice(4), 'base64url');
  if (bytes.length !== 20) return undefined;
  const slot = Number(bytes.readBigUInt64BE(0));
  const hold = bytes.subarray(8).toString('base64url');
  return Number.isSafeInteger(slot) && slot > 0 && reservationId(slot, hold) === id
    ? { slot, hold }
    : undefined;
}
