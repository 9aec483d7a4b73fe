/**
 * The media type on offer that the caller prefers (RFC 9110, 12.5.1): by weight, then by how
 * exactly Accept names it, then in our order. The first, if the caller accepts none of them.
 */
export function preferredType<T extends string>(
  accept: string | undefined,
  offered: readonly [T, ...T[]],
): T {
  const ranges = new Map((accept ?? '*/*').split(',').map(rangeOf));
  const weighed = offered
    .map((type) => ({ type, ...weightOf(type, ranges) }))
    .sort((a, b) => b.q - a.q || b.exact - a.exact);
  return weighed[0]?.q ? weighed[0].type : offered[0];
}

function rangeOf(text: string): [type: string, q: number] {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const q = Number(
    /^q=([\d.]+)$/.exec(parameters.find((parameter) => parameter.startsWith('q=')) ?? 'q=1')?.[1],
  );
  return [type, Number.isNaN(q) ? 0 : q];
}

/** The most exact range that matches a type decides its weight. */
function weightOf(type: string, ranges: Map<string, number>): { q: number; exact: number } {
  const wider = ['*/*', `${type.split('/')[0]}/*`, type];
  const exact = wider.findLastIndex((each) => ranges.has(each));
  return { q: ranges.get(wider[exact] ?? '') ?? 0, exact };
}
