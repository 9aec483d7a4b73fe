import type * as z from 'zod';

type Claims = {
  adapter?: string | undefined;
  takes: object;
  calls: Record<string, object>;
  capabilities: { prepare: string; undo: string; query: boolean; idempotent: string };
};

/** True if a system has a call that takes anything back. */
export const canRollBack = ({ undo, prepare }: { undo: string; prepare: string }): boolean =>
  undo !== 'none' || prepare === 'reserve';

/** Checks that a participant has a call for each of its capabilities, and no other. */
export function participation(
  { adapter, takes, calls, capabilities }: Claims,
  context: z.RefinementCtx,
): void {
  const wrong = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (!adapter) {
    if (Object.keys(takes).length > 0) wrong(['adapter'], 'A system that takes syncs names its adapter');
    return;
  }
  const needs = { prepare: capabilities.prepare !== 'none', commit: true, query: capabilities.query };
  for (const [call, needed] of Object.entries(needs)) {
    if (needed && !calls[call]) wrong(['calls', call], 'The capabilities promise this call');
    if (!needed && calls[call]) wrong(['calls', call], 'The capabilities do not promise this call');
  }
  if (canRollBack(capabilities) && !calls.rollback)
    wrong(['calls', 'rollback'], 'A system that reserves or can be undone needs this call');
  if (!canRollBack(capabilities) && calls.rollback)
    wrong(['calls', 'rollback'], 'The capabilities do not promise this call');
}
