import { valueAt } from '#lib/value-at.ts';
import { Unreached } from './outside.ts';

/**
 * A path of a manifest with its placeholders filled. Every value is percent-encoded (RFC 3986, 2.1),
 * so that it stays one step of the path or one value of the query. Throws `Unreached` where a value
 * is missing, and where the path would climb or lose a step.
 */
export function fillPath(path: string, values: unknown): string {
  const query = path.indexOf('?');
  const filled = path.replaceAll(/\{([\w.-]+)\}/g, (whole, name: string, at: number) => {
    const value = encoded(valueAt(values, name));
    const isStep = query < 0 || at < query;
    if (value === undefined || (isStep && value === '')) throw new Unreached('unfilled', { detail: whole });
    return value;
  });
  const steps = filled.replace(/\?.*/s, '').split('/');
  if (steps.some((step) => step === '.' || step === '..')) throw new Unreached('unfilled', { detail: path });
  return filled;
}

/** Everything but the unreserved characters; `encodeURIComponent` leaves five more. */
function encoded(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const text = String(value);
  if (!text.isWellFormed()) return undefined;
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
