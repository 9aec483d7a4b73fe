import type * as z from 'zod';

/** What a schema finds wrong, each at the field itself: zod reports unknown fields at their object. */
export const issuesOf = (error: z.ZodError | undefined): { path: PropertyKey[]; message: string }[] =>
  (error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: 'There is no field of this name' }))
      : [{ path: issue.path, message: issue.message }],
  );
