import type { APIGatewayProxyEvent } from 'aws-lambda';
import { httpDateOf } from '#lib/http-date.ts';

/** Strong entity tags (RFC 9110, 8.8.3): `"7"`. A weak or unquoted one never matches. */
export const strong = (value: string | number): string => `"${value}"`;

/** The unquoted tags of If-Match or If-None-Match; `any` for `*`; undefined without it. */
export function tagsOf(header: string | undefined): string[] | 'any' | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'any';
  return [...header.matchAll(/(?:^|,)\s*"([\x21\x23-\x7e]*)"\s*(?=,|$)/g)].map(([, tag]) => tag ?? '');
}

/**
 * Whether a GET may be answered with 304: by If-None-Match, compared weakly as RFC 9110 says, or
 * without it by If-Modified-Since. A date is of a whole second, within which it may have changed once
 * more: only a later second is unchanged.
 */
export function unchanged(
  event: APIGatewayProxyEvent,
  etag: string | undefined,
  modifiedAt: number | undefined,
): boolean {
  const none = event.headers['if-none-match'];
  if (none !== undefined) {
    const tags = tagsOf(none.replaceAll('W/"', '"'));
    return etag !== undefined && (tags === 'any' || (tags ?? []).some((tag) => strong(tag) === etag));
  }
  const since = httpDateOf(event.headers['if-modified-since'] ?? '');
  return since !== undefined && modifiedAt !== undefined && Math.floor(modifiedAt / 1000) * 1000 < since;
}

/** The version numbers that an If-Match allows. A tag that is no version matches nothing. */
export function versionsOf(header: string | undefined): number[] | 'any' | undefined {
  const tags = tagsOf(header);
  return Array.isArray(tags)
    ? tags
        .filter((tag) => /^[1-9]\d{0,14}$/.test(tag))
        .slice(0, 10)
        .map(Number)
    : tags;
}
