import type { File } from './files.ts';

/** Files directly in domain/ other than keys.ts. They belong to a context, or to wiring. */
export const unplacedDomainFiles = (files: File[]): string[] =>
  files
    .filter(({ room, folders, name }) => room === 'domain' && folders.length === 1 && name !== 'keys.ts')
    .map(({ path }) => path);

const selfServed =
  /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)|\bprocess\.|'#lib\/(?:[\w-]+\/)*(?:env|store|once|logger)\.ts'|'@aws-sdk\//;
/**
 * Files of domain/ that fetch their own tools: the environment, a clock, a random number, an AWS
 * client.
 */
export const selfServedOperations = (files: File[]): string[] =>
  files.filter(({ room, text }) => room === 'domain' && selfServed.test(text)).map(({ path }) => path);

/** Top-level makers without a PURE mark, which a bundler cannot drop. */
export const unmarkedMakers = (files: File[]): string[] =>
  files
    .filter(({ room }) => room === 'wiring')
    .flatMap(({ path, text }) =>
      [...text.matchAll(/^(?:export )?const (\w+)[^=\n]*= (?!\/\* @__PURE__ \*\/)(?:new )?\w+\(/gm)].map(
        ([, name]) => `${path}: ${name}`,
      ),
    );

/** Files outside of wiring/ that make the deployed product's tools. */
export const deployedElsewhere = (files: File[]): string[] =>
  files
    .filter(({ room, text }) => ['domain', 'lib', 'events'].includes(room) && /\bdeployed[A-Z]\w*/.test(text))
    .map(({ path }) => path);
