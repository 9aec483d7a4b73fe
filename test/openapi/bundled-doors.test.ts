import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { bundlesOf } from '#infra/read/bundles.ts';
import { doorsIn, ofKind } from '#infra/read/doors.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { files } from '#test/infra/files.ts';
import { checkout } from '#test/infra/synth.ts';

const doors = doorsIn(checkout);
const bundles = bundlesOf(checkout, doors);

it('no function bundles a schema or example that only the documents need', () => {
  const shown = files.filter(({ text }) =>
    /\bAnswer\b.*#lib\/http\/declaration\.ts|#lib\/http\/page-answer\.ts/.test(text),
  );
  expect(shown.length).toBeGreaterThan(12);
  for (const { path } of shown)
    expect(
      [...bundles].filter(([, { texts }]) => path in texts).map(([file]) => file),
      path,
    ).toEqual([]);
});

it('no function bundles its own door’s declaration', async () => {
  for (const { file, entry } of ofKind(doors, 'route')) {
    const { api }: { api: Declaration } = await import(pathToFileURL(entry).href);
    expect(api.summary.length, file).toBeGreaterThan(5);
    expect(readFileSync(entry, 'utf8'), file).toContain(api.summary);
    expect(bundles.get(file)?.texts[file], file).toContain('handler');
    expect(bundles.get(file)?.texts[file], file).not.toContain(`summary: "${api.summary}"`);
  }
});
