const blockBytes = 65_536;

/**
 * The bytes of a file, in blocks: neither a small write into a large file nor a large file costs a
 * full copy.
 */
export type Content = ReturnType<typeof content>;

export function content() {
  const blocks: Buffer[] = [];
  let size = 0;

  const blockFor = (index: number, bytes: number): Buffer => {
    const block = grown(blocks[index] ?? Buffer.alloc(0), bytes);
    blocks[index] = block;
    return block;
  };
  const read = (from: number, most: number): Buffer => {
    const [index, at] = [Math.floor(from / blockBytes), from % blockBytes];
    const end = Math.min(at + most, blockBytes, at + size - from);
    return end <= at ? Buffer.alloc(0) : blockFor(index, end).subarray(at, end);
  };

  return {
    size: () => size,
    write(from: number, bytes: Uint8Array) {
      for (let done = 0; done < bytes.length; ) {
        const at = (from + done) % blockBytes;
        const part = bytes.subarray(done, done + blockBytes - at);
        blockFor(Math.floor((from + done) / blockBytes), at + part.length).set(part, at);
        done += part.length;
      }
      size = Math.max(size, from + bytes.length);
    },
    truncate(to: number) {
      blocks.length = Math.min(blocks.length, Math.ceil(to / blockBytes));
      blocks[Math.floor(to / blockBytes)]?.fill(0, to % blockBytes);
      size = to;
    },
    /** At most this many bytes, none at the end, fewer at the end of a block. Not a copy. */
    read,
    async *stream(from = 0): AsyncGenerator<Uint8Array> {
      for (let at = from; at < size; at += blockBytes - (at % blockBytes)) yield read(at, blockBytes);
    },
  };
}

/** A block is as long as it was needed so far; bytes that were never written are zeros. */
function grown(block: Buffer, bytes: number): Buffer {
  if (block.length >= bytes) return block;
  const longer = Buffer.alloc(Math.min(blockBytes, Math.max(bytes, 2 * block.length)));
  block.copy(longer);
  return longer;
}
