import type { File } from './files.ts';

/** Folders of domain/ that belong to a context beside them. */
const within: Record<string, string> = {
  ...{ tickets: 'syncs', batches: 'syncs', evidence: 'syncs', ledger: 'syncs' },
  ...{ payments: 'reservations', board: 'reservations', publishing: 'relay' },
};
const contextOf = (folder: string | undefined) => folder && (within[folder] ?? folder);

/** Value imports between contexts of domain/: across them only types are known. */
export const acrossContexts = (files: File[]): string[] =>
  files
    .filter(({ room, folders }) => room === 'domain' && folders.length > 1)
    .flatMap(({ path, folders, imports }) =>
      imports
        .filter(({ specifier, typeOnly }) => {
          const other = contextOf(/^#domain\/([^/]+)\//.exec(specifier)?.[1]);
          return !typeOnly && other && other !== contextOf(folders[1]);
        })
        .map(({ specifier }) => `${path} → ${specifier}`),
    );

/** Files directly under domain/ beside the keys: what is loose there belongs to a context, or to wiring. */
export const looseInDomain = (files: File[]): string[] =>
  files
    .filter(({ room, folders, name }) => room === 'domain' && folders.length === 1 && name !== 'keys.ts')
    .map(({ path }) => path);

const selfServed =
  /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)|\bprocess\.|'#lib\/(?:env|once|logger)\.ts'|'@aws-sdk\//;
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
