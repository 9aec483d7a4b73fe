import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { doorsIn, ofKind } from '#infra/read/doors.ts';
import { type Route, routesOf, versionsOf } from '#infra/read/routes.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import type { Contract } from '#lib/http/endpoint.ts';
import { documentOf, type Kept } from './document.ts';
import type { Json } from './json.ts';
import type { DescribedDoor } from './operation.ts';

/** A document and its file below docs/api/. */
export type Document = { file: string; prefix: string; document: Json };

const intro = `Every refusal is \`application/problem+json\` with a stable \`code\`. Times are UTC (RFC 3339), money is in minor units.
A field or a parameter that is not listed is refused; an answer may get new fields in time.`;

/** Every document, written from the doors of a checkout. */
export async function documentsOf(root: string): Promise<Document[]> {
  const doors = doorsIn(root);
  const described = await Promise.all(routesOf(doors).map(describedDoor));
  const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  const versions = versionsOf(ofKind(doors, 'route').filter(({ area }) => area === 'api'));
  const all: (Kept & { file: string })[] = [
    ...versions.map((number) => ({
      ...{ file: `openapi.v${number}.json`, prefix: `/api/v${number}`, server: `../v${number}` },
      ...{ title: `Lockstep API v${number}`, description: intro },
    })),
    {
      ...{ file: 'openapi.ops.json', prefix: '/ops/v1', server: '../v1' },
      ...{ title: 'Lockstep for operators', description: intro },
    },
    {
      ...{ file: 'openapi.hooks.json', prefix: '/hooks/v1', server: '../../../hooks/v1' },
      ...{ title: 'Lockstep for outside systems', description: intro },
    },
  ];
  return all.map(({ file, ...kept }) => {
    const below = described.filter(({ path }) => path.startsWith(`${kept.prefix}/`));
    return { file, prefix: kept.prefix, document: documentOf(kept, below, version) };
  });
}

type Module = { handler: { contract: Contract<never, never, never> }; api?: Declaration };

async function describedDoor({ method, path, door }: Route): Promise<DescribedDoor> {
  const { handler, api }: Module = await import(pathToFileURL(door.entry).href);
  if (!api) throw new Error(`${door.file} exports no api: what it asks for, answers and refuses`);
  return { method, path, contract: handler.contract, api, comment: commentOf(door.entry, door.file) };
}

/** The comment above a door's handler, which is its description in the documents. */
function commentOf(entry: string, file: string): string {
  const text = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const handler\b/.exec(
    readFileSync(entry, 'utf8'),
  )?.[1];
  if (!text) throw new Error(`${file} has no comment above its handler`);
  return text.replaceAll(/\n\s*\*/g, '').trim();
}
