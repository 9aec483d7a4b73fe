import { doorsIn } from '#infra/read/doors.ts';
import { routesOf } from '#infra/read/routes.ts';

export type RouteAt = (method: string, path: string) => { route: string; version: number | undefined };

/** Finds the route of a path as API Gateway does: a literal segment wins over a parameter. */
export function routesIn(root: string): RouteAt {
  const known = routesOf(doorsIn(root)).map(({ method, path, door }) => ({
    method,
    path,
    version: Number(/\/v(\d+)\//.exec(path)?.[1] ?? door.version),
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    parameters: path.split('{').length,
  }));
  const specificFirst = known.sort((a, b) => a.parameters - b.parameters);
  return (method, asked) => {
    const [path = ''] = asked.split('?');
    const found = specificFirst.find((route) => route.method === method && route.pattern.test(path));
    return { route: found?.path ?? '', version: found?.version };
  };
}
