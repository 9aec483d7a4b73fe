/** The elements of a list header; a comma inside quotes does not separate. */
const elements = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g;

/**
 * The seconds of the first `Prefer: wait=N` (RFC 7240, 4.3). Undefined if unreadable: a preference
 * is never a reason to refuse.
 */
export function preferredWait(header: string | undefined): number | undefined {
  const waits = [...(header ?? '').slice(0, 1_000).matchAll(elements)].flatMap(
    ([element]) => /^\s*wait\b\s*(.*)$/i.exec(element)?.[1] ?? [],
  );
  const seconds = /^=\s*(?:(\d{1,9})|"(\d{1,9})")\s*(?:;|$)/.exec(waits[0] ?? '');
  return seconds ? Number(seconds[1] ?? seconds[2]) : undefined;
}
