/** How far two files are the same, in bytes, and why it went no further: `cut` is that nobody would wait any longer. */
type Compared = { bytes: number; ended: 'same' | 'other' | 'cut' };

/** What is read side by side with what it should be, in one go and with one piece of each in memory. */
export async function compared(
  read: AsyncIterable<Uint8Array>,
  due: AsyncGenerator<Uint8Array>,
  isOver: () => boolean,
): Promise<Compared> {
  let [bytes, held]: [number, Uint8Array] = [0, new Uint8Array(0)];
  try {
    for await (const piece of read) {
      if (isOver()) return { bytes, ended: 'cut' };
      for (let at = 0; at < piece.length; ) {
        if (held.length === 0) held = (await due.next()).value ?? held;
        const some = held.subarray(0, piece.length - at);
        if (some.length === 0 || Buffer.compare(some, piece.subarray(at, at + some.length)) !== 0)
          return { bytes, ended: 'other' };
        held = held.subarray(some.length);
        at += some.length;
        bytes += some.length;
      }
    }
    const isWhole = held.length === 0 && (await due.next()).done;
    return { bytes, ended: isWhole ? 'same' : 'other' };
  } finally {
    await due.return(undefined); // what it is made of is a stream of its own
  }
}
