import { join } from 'node:path';
import { build } from 'esbuild';

/** One door's code as it is deployed. */
export async function bundled(root: string, entry: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: false,
    absWorkingDir: root,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); const __dirname = import.meta.dirname;",
    },
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
