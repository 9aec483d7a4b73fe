import { isUtf8 } from 'node:buffer';

/**
 * The offset of the first character that is not UTF-8, or not all there. For bytes that are known
 * to have one.
 */
export function badByteOf(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (beginsWell(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  while (!isUtf8(bytes.subarray(0, good))) good -= 1;
  return good;
}

/** Whether these bytes are the begin of UTF-8, which may end within a character. */
function beginsWell(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
