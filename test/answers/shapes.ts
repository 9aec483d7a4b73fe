/** Values that differ from run to run, and the placeholders for them, applied in this order. */
const varying: [RegExp, string][] = [
  [/https?:\/\/[^\s"'>]+/g, '<url>'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<uuid>'],
  [/\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?/g, '<time>'],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} [\d:]{8} GMT/g, '<date>'],
  [/\b(00-)[0-9a-f]{32}-[0-9a-f]{16}-\d\d/g, '<trace>'],
  [/\b([a-z]{2,4}_)[\w-]{16,}/g, '<$1>'],
  [/\bt[0-9a-f]{12}\b/g, '<tenant>'],
  [/\b(LS-)?[0-9a-f]{16,}\b/g, '$1<hex>'],
  [/(?<![\w/+-])(?=[\w/+-]*[A-Z])(?=[\w/+-]*[a-z])(?=[\w/+-]*\d)[\w/+-]{20,}=*/g, '<opaque>'],
  [/\d+(\.\d+)?/g, '<n>'],
];

/** Replaces ids, times, hashes and numbers, so that a text is the same in every run. */
export const steady = (text: string): string =>
  varying.reduce((all, [pattern, sign]) => all.replaceAll(pattern, sign), text);

/** One fact about a field: its type, a word of a closed list, or a text for people. */
export type Fact = { at: string; kind: 'field' | 'word' | 'text'; is: string };

const placeholder = /^<[\w-]+>$/;
const word = /^[a-z][a-z0-9_.:/-]{0,79}$/;
/** The prefix of an id names its kind. */
const prefixed = /^([a-z]{2,4}_)[\w-]{16,}$/;
/** Long strings of mixed case without structure, such as digests and cursors. */
const opaque = /^(?=.*[A-Z])(?=.*[a-z])[\w+/=-]{16,}$/;

/** The facts of a JSON value, by place. Elements of a list share a place. */
export function factsOf(value: unknown, at = ''): Fact[] {
  if (Array.isArray(value))
    return [{ at, kind: 'field', is: 'list' }, ...value.flatMap((one) => factsOf(one, `${at}/*`))];
  if (value !== null && typeof value === 'object')
    return [
      { at, kind: 'field', is: 'object' },
      ...Object.entries(value).flatMap(([name, one]) => factsOf(one, `${at}/${steady(name)}`)),
    ];
  if (typeof value !== 'string') return [{ at, kind: 'field', is: value === null ? 'null' : typeof value }];
  const prefix = prefixed.exec(value)?.[1];
  if (prefix) return [{ at, kind: 'field', is: `string <${prefix}>` }];
  if (opaque.test(value)) return [{ at, kind: 'field', is: 'string <opaque>' }];
  const text = steady(value);
  if (placeholder.test(text)) return [{ at, kind: 'field', is: `string ${text}` }];
  return [
    { at, kind: 'field', is: 'string' },
    { at, kind: word.test(text) ? 'word' : 'text', is: text },
  ];
}
