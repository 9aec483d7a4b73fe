/** Milliseconds since the epoch as an RFC 3339 time: 2027-01-15T09:00:00.000Z. */
export const rfc3339 = (ms: number): string => new Date(ms).toISOString();
