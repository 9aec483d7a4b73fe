import { methods } from '#infra/read/api-body.ts';
import { plain, type Row } from './inventory-section.ts';
import { greedyFile, resourcesOf, routesIn, type Template } from './template.ts';

const version = (text: string) => /\/(\w+)\/(v\d+)\//.exec(text);
const isInherited = ({ path, file }: { path: string; file: string }) =>
  version(path)?.[2] !== version(file)?.[2];
const exact = (template: Template) => routesIn(template).filter(({ file }) => file !== greedyFile);

export const routes = (template: Template): Row[] =>
  exact(template)
    .filter((route) => !isInherited(route))
    .map(({ method, path, file }) => [method, path, file]);

/** One line for all routes that a version inherits, naming the version before it. */
export const fallbacks = (template: Template) => {
  const newer = exact(template)
    .filter(isInherited)
    .map(({ path }) => version(path)!);
  const names = newer.map(
    ([, area, name]) =>
      `${area === 'api' ? '' : `${area} `}${name} → v${Number(name!.slice(1)) - 1} for the rest`,
  );
  return [...new Set(names)].sort();
};

/**
 * The places of the greedy door. It has each method that a path lacks, so a gateway path with
 * fewer methods is reported.
 */
export const greedy = (template: Template): Row[] => {
  const byPath = Map.groupBy(routesIn(template), ({ path }) => path);
  const short = [...byPath].filter(([, found]) => found.length < methods.length).map(([path]) => path);
  return [
    ['ANY', 'every other path and method', greedyFile],
    ...short.map((path) => ['ANY', path, 'NOT ROUTED']),
  ];
};

/** How many functions each policy of the gateway's role lets it invoke. */
export const invocations = (template: Template): Row[] =>
  resourcesOf(template, 'AWS::IAM::ManagedPolicy').map(([id, { PolicyDocument }]) => {
    const resources = PolicyDocument.Statement.flatMap(({ Resource }: { Resource: unknown }) =>
      [Resource].flat(),
    );
    return [plain(id), `may be invoked: ${resources.length} functions`];
  });
