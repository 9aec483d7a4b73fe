/** A step of a path that would climb, also in its percent-encoded spellings (RFC 3986, 6.2.2). */
const climbs = /^(?:\.|%2e){1,2}$/i;
/** What may stand in a path or query, with our placeholders; and one `?` between the two. */
const strays = /[^\w\-.~!$&'()*+,;=:@%/?{}]/u;

/** Why a path of a manifest, perhaps with a query, cannot be sent as it is (RFC 3986, 3.3 and 3.4). */
export function pathFault(path: string): string | undefined {
  if (!path.startsWith('/')) return 'A path begins with /';
  const stray = /%(?![\dA-Fa-f]{2})/.exec(path);
  if (stray) return 'A % in a path is followed by two hexadecimal digits; a % itself is %25';
  const found = strays.exec(path)?.[0];
  if (found !== undefined) return `A path has no '${found}'; write it percent-encoded`;
  if (
    path
      .replace(/\?.*/, '')
      .split('/')
      .some((each) => climbs.test(each))
  )
    return 'A path does not climb';
  return undefined;
}
