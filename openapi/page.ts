import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * The page that shows the documents and makes calls, in one file, and the content policy that
 * allows just that.
 */
export type Page = { html: string; policy: string };

const folder = join(import.meta.dirname, 'page');

export async function pageOf(): Promise<Page> {
  const [script, style] = await Promise.all([bundled('main.ts'), bundled('page.css')]);
  const html = readFileSync(join(folder, 'page.html'), 'utf8')
    .replace('/* main.ts */', () => script)
    .replace('/* page.css */', () => style);
  return {
    html,
    policy: [
      "default-src 'none'",
      `script-src ${sourceOf(script)}`,
      `style-src ${sourceOf(style)}`,
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ].join('; '),
  };
}

async function bundled(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, file)],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2024',
    charset: 'utf8',
    write: false,
  });
  const text = outputFiles[0]?.text.trim() ?? '';
  if (/<\/(script|style)/i.test(text)) throw new Error(`${file} would end its own element`);
  return text;
}

/** A content policy names an inline text by its digest, so that no other text runs. */
const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
