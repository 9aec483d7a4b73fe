import { createHash } from 'node:crypto';

/**
 * Merkle trees as in certificate transparency (RFC 9162 2.1, SHA-256).
 * A leaf and a node begin with different bytes, so that no node can pass as a leaf. No leaf is
 * doubled to fill a level, so that two lists of leaves never have the same root.
 */
export const leafOf = (data: Uint8Array | string): Buffer => sha256(Buffer.of(0), data);

const nodeOf = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.of(1), left, right);

const sha256 = (...parts: (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

type Node = { hash: Buffer; wanted: boolean };

/**
 * A tree that grows leaf by leaf and keeps one node per level: a batch of any size streams through
 * it. For one leaf, added as `wanted`, it also collects the `path` that proves it.
 */
export function merkleTree() {
  // The roots of the complete subtrees in the binary form of `size`, the largest first.
  const roots: Node[] = [];
  const path: Buffer[] = [];
  let size = 0;
  const joined = (left: Node, right: Node, besides: Buffer[]): Node => {
    if (left.wanted) besides.push(right.hash);
    if (right.wanted) besides.push(left.hash);
    return { hash: nodeOf(left.hash, right.hash), wanted: left.wanted || right.wanted };
  };
  const closed = (besides: Buffer[]): Node | undefined =>
    roots.length === 0 ? undefined : roots.reduceRight((right, left) => joined(left, right, besides));
  return {
    add(leaf: Buffer, wanted = false): void {
      let node: Node = { hash: leaf, wanted };
      for (let bits = size; bits % 2 === 1; bits = Math.floor(bits / 2))
        node = joined(roots.pop()!, node, path);
      roots.push(node);
      size += 1;
    },
    root: (): Buffer => closed([])?.hash ?? sha256(),
    path(): Buffer[] {
      const rest: Buffer[] = [];
      closed(rest);
      return [...path, ...rest];
    },
    get size(): number {
      return size;
    },
  };
}

/** The root over these leaves. */
export function rootOf(leaves: Iterable<Buffer>): Buffer {
  const tree = merkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

/** The siblings that prove the leaf at this index, from the bottom up. */
export function inclusionProof(leaves: Buffer[], index: number): Buffer[] {
  if (!(Number.isInteger(index) && index >= 0 && index < leaves.length))
    throw new RangeError(`There is no leaf ${index}.`);
  const path: Buffer[] = [];
  let level = leaves;
  for (let at = index; level.length > 1; at = Math.floor(at / 2)) {
    const beside = level[at % 2 === 0 ? at + 1 : at - 1];
    if (beside) path.push(beside);
    level = above(level);
  }
  return path;
}

/**
 * The last node of an odd level is its own parent. Level by level that gives the tree of the RFC,
 * which splits at the largest power of two.
 */
const above = (level: Buffer[]): Buffer[] =>
  Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
    const [left, right] = [level[2 * i]!, level[2 * i + 1]];
    return right ? nodeOf(left, right) : left;
  });

/**
 * The root of this leaf and path. A path of the wrong length throws, because a caller might take
 * an empty result for a match.
 */
export function rootFromProof(leaf: Buffer, index: number, size: number, path: Buffer[]): Buffer {
  if (!(Number.isSafeInteger(size) && Number.isSafeInteger(index) && index >= 0 && index < size))
    throw new RangeError(`A tree of ${size} has no leaf ${index}.`);
  const rest = [...path];
  let node = leaf;
  for (
    let [at, last] = [index, size - 1];
    last > 0;
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  ) {
    // A node without a sibling rises unchanged.
    if (at === last && at % 2 === 0) continue;
    const beside = rest.shift();
    if (!beside) throw new RangeError('The path is too short.');
    node = at % 2 === 0 ? nodeOf(node, beside) : nodeOf(beside, node);
  }
  if (rest.length > 0) throw new RangeError('The path is too long.');
  return node;
}
