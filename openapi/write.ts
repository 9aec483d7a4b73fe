import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageOf } from './page.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs', 'api');

/** Doors that serve documents import them, so each file must be JSON before doors are read. */
function readable(file: string): void {
  try {
    JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch {
    writeFileSync(join(folder, file), '{}\n');
  }
}

mkdirSync(folder, { recursive: true });
for (const file of ['openapi.v1.json', 'openapi.v2.json', 'openapi.ops.json', 'openapi.hooks.json'])
  readable(file);

const { documentsOf } = await import('./documents.ts');
for (const { file, document } of await documentsOf(root)) {
  writeFileSync(join(folder, file), `${JSON.stringify(document, null, 2)}\n`);
  console.log(`docs/api/${file}: ${Object.keys(document.paths as object).length} paths`);
}

writeFileSync(join(folder, 'page.json'), `${JSON.stringify(await pageOf(), null, 2)}\n`);
