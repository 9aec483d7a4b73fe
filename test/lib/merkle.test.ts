import { describe, expect, it } from 'vitest';
import { inclusionProof, leafOf, merkleTree, rootFromProof, rootOf } from '#lib/proof/merkle.ts';

/** Test vectors of certificate transparency (RFC 6962): inputs, roots and audit paths. */
const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const paths: [index: number, size: number, path: string[]][] = [
  [0, 1, []],
  [2, 3, [roots[2]!]],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      roots[4]!,
    ],
  ],
  [
    1,
    5,
    [
      roots[1]!,
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];
const known = inputs.map((hex) => leafOf(Buffer.from(hex, 'hex')));
const leavesOf = (size: number) => Array.from({ length: size }, (_, i) => leafOf(`leaf ${i}`));
const sizes = Array.from({ length: 64 }, (_, i) => i + 1);

describe('a Merkle tree', () => {
  it('has the published roots', () => {
    expect(roots.map((_, size) => rootOf(known.slice(0, size)).toString('hex'))).toEqual(roots);
  });

  it.each(paths)('proves leaf %i of %i by the published path', (index, size, path) => {
    const leaves = known.slice(0, size);
    expect(inclusionProof(leaves, index).map((node) => node.toString('hex'))).toEqual(path);
  });

  it('has the same root at every size, whether it is read once or in between', () => {
    const tree = merkleTree();
    for (const [i, leaf] of leavesOf(64).entries()) {
      tree.add(leaf);
      expect(tree.size).toBe(i + 1);
      expect(tree.root()).toEqual(rootOf(leavesOf(i + 1)));
    }
  });

  it('keeps the path of one leaf without keeping the others', () => {
    for (const size of sizes) {
      const leaves = leavesOf(size);
      for (const index of leaves.keys()) {
        const tree = merkleTree();
        for (const [i, leaf] of leaves.entries()) tree.add(leaf, i === index);
        expect(
          Buffer.concat(tree.path()).equals(Buffer.concat(inclusionProof(leaves, index))),
          `${index} of ${size}`,
        ).toBe(true);
        expect(tree.root().equals(rootOf(leaves)), `${index} of ${size}`).toBe(true);
      }
    }
  });

  it('proves every leaf of every size up to 64, and no leaf at another index', () => {
    for (const size of sizes) {
      const leaves = leavesOf(size);
      const root = rootOf(leaves);
      for (const [index, leaf] of leaves.entries()) {
        const path = inclusionProof(leaves, index);
        expect(rootFromProof(leaf, index, size, path).equals(root), `${index} of ${size}`).toBe(true);
        expect(rootFromProof(leafOf('another'), index, size, path).equals(root), `${index} of ${size}`).toBe(
          false,
        );
        for (const [level, node] of path.entries()) {
          const turned = path.with(level, leafOf(node));
          expect(
            rootFromProof(leaf, index, size, turned).equals(root),
            `${index} of ${size}, level ${level}`,
          ).toBe(false);
        }
        for (const other of leaves.keys()) {
          if (other !== index)
            expect(comesTo(root, leaf, other, size, path), `${index} as ${other} of ${size}`).toBe(false);
        }
      }
    }
  });

  it.each([
    ['a path that lacks a node', 3, 7, (path: Buffer[]) => path.slice(1)],
    ['a path with a node too many', 3, 7, (path: Buffer[]) => [...path, leafOf('more')]],
    ['an index behind the last leaf', 7, 7, (path: Buffer[]) => path],
    ['an index that is none', 1.5, 7, (path: Buffer[]) => path],
    ['an index below the first', -1, 7, (path: Buffer[]) => path],
  ])('refuses %s', (_, index, size, mangle) => {
    const path = mangle(inclusionProof(leavesOf(7), 3));
    expect(() => rootFromProof(leafOf('leaf 3'), index, size, path)).toThrow(RangeError);
  });

  it('distinguishes leaves from nodes, and a list from one with its last leaf twice', () => {
    const [a, b, c] = leavesOf(3) as [Buffer, Buffer, Buffer];
    expect(rootOf([leafOf(Buffer.concat([a, b]))])).not.toEqual(rootOf([a, b]));
    expect(rootOf([a, b, c])).not.toEqual(rootOf([a, b, c, c]));
  });

  it('refuses a proof for a leaf that does not exist', () => {
    expect(() => inclusionProof(leavesOf(3), 3)).toThrow(RangeError);
    expect(() => inclusionProof([], 0)).toThrow(RangeError);
  });
});

/** A path of the wrong length throws, which is a refusal too. */
function comesTo(root: Buffer, ...proof: Parameters<typeof rootFromProof>): boolean {
  try {
    return rootFromProof(...proof).equals(root);
  } catch {
    return false;
  }
}
