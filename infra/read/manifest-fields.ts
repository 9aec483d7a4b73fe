import { isObject, placeholdersIn, templatesOf } from '#systems/placeholders.ts';
import { type FieldOf, fieldOf, type SyncTypes } from './event-fields.ts';

type Wrong = (path: (string | number)[], message: string) => void;

/**
 * Checks a manifest against the types of sync that it takes: that there are such types, and that
 * its conditions and placeholders name fields that these have. Takes anything, also a manifest that
 * is wrong elsewhere.
 */
export function manifestFields(manifest: unknown, types: SyncTypes, wrong: Wrong): void {
  const takes = isObject(manifest) && isObject(manifest.takes) ? manifest.takes : {};
  const known = Object.keys(takes).flatMap((type) => {
    const found = types.get(type);
    return found?.audience === 'systems' ? [{ type, ...found }] : [];
  });
  for (const [type, given] of Object.entries(takes)) {
    const found = known.find((one) => one.type === type);
    if (!found) wrong(['takes', type], `'${type}' is no type of sync; there is ${namesOf(types)}`);
    else judgeConditions(given, ['takes', type], found.data, wrong);
  }
  if (known.length > 0) judgeTemplates(manifest, known, wrong);
}

const namesOf = (types: SyncTypes) =>
  [...types].flatMap(([name, { audience }]) => (audience === 'systems' ? [name] : [])).join(', ');

function judgeConditions(
  taking: unknown,
  at: (string | number)[],
  data: Parameters<typeof fieldOf>[0],
  wrong: Wrong,
) {
  const when = isObject(taking) && Array.isArray(taking.when) ? taking.when : [];
  for (const [index, condition] of when.entries()) {
    const field = isObject(condition) ? condition.field : undefined;
    if (typeof field !== 'string' || field === 'type') continue;
    const [first, ...path] = field.split('.');
    if (first !== 'payload' || path.length === 0 || fieldOf(data, path) === 'none')
      wrong([...at, 'when', index, 'field'], `'${field}' is no field of it, so this would never hold`);
  }
}

type Known = SyncTypes extends ReadonlyMap<string, infer T> ? T & { type: string } : never;

/** A field on its own in a body may be missing in some types; nowhere else can it be left out. */
function judgeTemplates(manifest: unknown, known: Known[], wrong: Wrong) {
  for (const template of templatesOf(manifest))
    for (const { word, isWhole } of placeholdersIn(template)) {
      const [first, ...path] = word.split('.');
      if ((first !== 'payload' && first !== 'item') || path.length === 0) continue;
      const found: FieldOf[] = known.map(({ data, batch }) =>
        first === 'payload' ? fieldOf(data, path) : batch ? fieldOf(batch.item, path) : 'none',
      );
      const types = known.map(({ type }) => type).join(', ');
      if (found.every((one) => one === 'none')) wrong(template.at, `{${word}} is no field of ${types}`);
      else if (
        !(template.in === 'body' && isWhole) &&
        template.in !== 'layout' &&
        found.some((one) => one !== 'always')
      )
        wrong(template.at, `{${word}} may be missing, and cannot be left out here`);
    }
}
