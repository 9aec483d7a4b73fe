import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';

/** What stands in a bundle for something else: a function has its credentials from its environment, so the SDK's chain of providers is left out. */
export const aliasesIn = (root: string): Record<string, string> => ({
  '@aws-sdk/credential-provider-node': join(root, 'lib/env-credentials.ts'),
});

/** One door's code as it is deployed, and what it is made of. */
export async function bundled(
  root: string,
  entry: string,
): Promise<{ code: Uint8Array; metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    outfile: 'index.mjs',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    metafile: true,
    alias: aliasesIn(root),
    absWorkingDir: root,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); const __dirname = import.meta.dirname;",
    },
  });
  return { code: outputFiles[0]?.contents ?? new Uint8Array(), metafile };
}
