import type { File } from './files.ts';

/** Files directly under domain/ beside the keys: what is loose there belongs to a context, or to wiring. */
export const looseInDomain = (files: File[]): string[] =>
  files
    .filter(({ room, folders, name }) => room === 'domain' && folders.length === 1 && name !== 'keys.ts')
    .map(({ path }) => path);

const selfServed =
  /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)|\bprocess\.|'#lib\/(?:[\w-]+\/)*(?:env|store|once|logger)\.ts'|'@aws-sdk\//;
/** Operations that fetch their own tools: the environment, a clock, chance, a client of AWS. */
export const selfServedOperations = (files: File[]): string[] =>
  files.filter(({ room, text }) => room === 'domain' && selfServed.test(text)).map(({ path }) => path);

/** Makers at the top of a file that a bundler could not drop: their PURE mark is missing. */
export const unmarkedMakers = (files: File[]): string[] =>
  files
    .filter(({ room }) => room === 'wiring')
    .flatMap(({ path, text }) =>
      [...text.matchAll(/^(?:export )?const (\w+)[^=\n]*= (?!\/\* @__PURE__ \*\/)(?:new )?\w+\(/gm)].map(
        ([, name]) => `${path}: ${name}`,
      ),
    );

/** Whoever but wiring/ makes the deployed product's tools: doors, operations and tools are handed them. */
export const deployedElsewhere = (files: File[]): string[] =>
  files
    .filter(({ room, text }) => ['domain', 'lib', 'events'].includes(room) && /\bdeployed[A-Z]\w*/.test(text))
    .map(({ path }) => path);
