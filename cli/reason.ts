import { InvalidArgumentError } from 'commander';
import { reason } from '#lib/http/fields.ts';

/** The value of `--reason`: free text, as the API takes it. */
export function readReason(typed: string): string {
  const read = reason.safeParse(typed);
  if (read.success) return read.data;
  throw new InvalidArgumentError(read.error.issues[0]?.message ?? '');
}
