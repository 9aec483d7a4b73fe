import type * as z from 'zod';

/** Every type of sync by its name, with the schemas of its payload and of a batch item. */
export type SyncTypes = ReadonlyMap<
  string,
  { audience: string; data: z.ZodType; batch?: { item: z.ZodType } }
>;

/** What a schema says of a field: `none`, or whether it is always there. */
export type FieldOf = 'none' | 'optional' | 'always';

type Def = {
  type: string;
  innerType?: z.ZodType;
  shape?: Record<string, z.ZodType>;
};
const wraps = ['optional', 'nullable', 'default', 'prefault', 'readonly', 'nonoptional', 'catch'];
const scalar = ['string', 'number', 'int', 'boolean', 'bigint', 'date', 'null', 'literal', 'enum'];

/** Looks a field up in a schema of zod, step by step. Behind what it cannot look into, all may be. */
export function fieldOf(schema: z.ZodType, [step, ...rest]: string[]): FieldOf {
  const def = schema._zod.def as Def;
  if (wraps.includes(def.type) && def.innerType) {
    const inner = fieldOf(def.innerType, [step ?? '', ...rest].filter(Boolean));
    return def.type === 'optional' && inner === 'always' ? 'optional' : inner;
  }
  if (step === undefined) return 'always';
  if (scalar.includes(def.type)) return 'none';
  if (def.type !== 'object' || !def.shape) return 'optional';
  const inner = Object.hasOwn(def.shape, step) ? def.shape[step] : undefined;
  return inner ? fieldOf(inner, rest) : 'none';
}
