/**
 * Names of the product that have changed since the planted bugs were written, from → to, for all
 * pins.
 */
export const renames: Record<string, string> = {};
