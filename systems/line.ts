import type * as z from 'zod';
import type { CheckLine, LineClaims } from './lines/claims.ts';
import { checkHttp } from './lines/http.ts';
import { checkSftp } from './lines/sftp.ts';

/** Each line: the adapters that call over it, and what the manifests of their systems must say. */
const lines = {
  sftp: { adapters: ['fixed-width-sftp'], check: checkSftp },
  /** Every adapter that no other line names. */
  http: { adapters: [], check: checkHttp },
} satisfies Record<string, { adapters: string[]; check: CheckLine }>;
export type LineName = keyof typeof lines;

/** The line of an adapter. */
export function lineOf(adapter: string | undefined): LineName {
  const named = Object.entries(lines).find(([, { adapters }]) => adapters.some((one) => one === adapter));
  return (named?.[0] ?? 'http') as LineName;
}

/** Checks a manifest by the line of its adapter. */
export const line = (claims: LineClaims, context: z.RefinementCtx): void =>
  lines[lineOf(claims.adapter)].check(claims, (path, message) =>
    context.addIssue({ code: 'custom', path, message }),
  );
