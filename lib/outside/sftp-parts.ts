export const partBytes = 32 * 1024;
/** Concurrent parts: over a slow network each would otherwise cost a round trip. */
const atOnce = 8;

/** Writes the bytes as they come, in parts of one size, and returns the end offset. */
export async function written(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  from: number,
  write: (part: Buffer, position: number) => Promise<unknown>,
): Promise<number> {
  const underWay: Promise<unknown>[] = [];
  let position = from;
  try {
    for await (const part of partsOf(bytes)) {
      if (underWay.length >= atOnce) await underWay.shift();
      underWay.push(settling(write(part, position)));
      position += part.length;
    }
    await Promise.all(underWay);
    return position;
  } finally {
    await Promise.allSettled(underWay);
  }
}

async function* partsOf(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held = Buffer.alloc(0);
  try {
    for await (const chunk of bytes) {
      held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
      for (; held.length >= partBytes; held = held.subarray(partBytes)) yield held.subarray(0, partBytes);
    }
  } catch (error) {
    if (held.length > 0) yield held; // the bytes before the interruption are valid
    throw error;
  }
  if (held.length > 0) yield held;
}

/** Reads ahead. After a short part it starts afresh from where that part ended. */
export async function* readingOf(
  from: number,
  read: (position: number) => Promise<Buffer>,
  closed: () => Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  let ahead: Promise<Buffer>[] = [];
  let [position, isLost] = [from, false];
  try {
    while (true) {
      while (ahead.length < atOnce) ahead.push(settling(read(position + ahead.length * partBytes)));
      const part = await (ahead.shift() as Promise<Buffer>);
      if (part.length === 0) break;
      position += part.length;
      if (part.length < partBytes) {
        await Promise.allSettled(ahead);
        ahead = [];
      }
      yield part;
    }
  } catch (error) {
    isLost = true;
    throw error;
  } finally {
    // Also runs when the reader stops early.
    await Promise.allSettled(ahead);
    if (!isLost) await closed();
  }
}

/** Avoids an unhandled rejection; code that awaits the promise still gets the error. */
function settling<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
