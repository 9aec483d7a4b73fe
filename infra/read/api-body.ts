import type { Door } from './doors.ts';
import type { Route } from './routes.ts';

/** Every method that the gateway routes: not every engine reads the any-method extension. */
export const methods = ['get', 'post', 'put', 'patch', 'delete', 'options', 'head'] as const;

export type Operation = {
  parameters?: { name: string; in: 'path'; required: true; schema: { type: 'string' } }[];
  responses: Record<string, never>;
  'x-amazon-apigateway-integration': {
    type: 'aws_proxy';
    httpMethod: 'POST';
    uri: string;
    credentials: string;
  };
};
export type ApiBody = {
  openapi: '3.0.1';
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  'x-amazon-apigateway-gateway-responses': Record<string, unknown>;
};

type Wiring = {
  title: string;
  routes: Route[];
  greedy: Door;
  /** The integration URI by which the gateway invokes a door. */
  uriOf(door: Door): string;
  /** The ARN of the role that the gateway assumes for it. */
  credentials: string;
  responses: Record<string, unknown>;
};

/**
 * The document from which API Gateway makes its REST API: a Lambda proxy per path and method,
 * without schemas.
 */
export const apiBody = ({ title, routes, greedy, uriOf, credentials, responses }: Wiring): ApiBody => {
  const doors = new Map<string, Door>(routes.map(({ method, path, door }) => [`${method} ${path}`, door]));
  const paths = pathsOf(routes).map((path) => [
    path,
    Object.fromEntries(
      methods.map((method) => {
        const door = doors.get(`${method.toUpperCase()} ${path}`) ?? greedy;
        return [method, operation(path, uriOf(door), credentials)];
      }),
    ),
  ]);
  return {
    openapi: '3.0.1',
    info: { title, version: '1' },
    paths: Object.fromEntries(paths),
    'x-amazon-apigateway-gateway-responses': responses,
  };
};

/**
 * The paths of all routes, every path above them, and the greedy one.
 * The gateway creates the paths above by itself, and an existing path does not fall through to
 * `{proxy+}`: a method that it lacks would get the gateway's own refusal.
 */
export const pathsOf = (routes: Pick<Route, 'path'>[]): string[] => {
  const all = routes.flatMap(({ path }) => {
    const segments = path.split('/').slice(1);
    return segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`);
  });
  return ['/', '/{proxy+}', ...[...new Set(all)].sort()];
};

const operation = (path: string, uri: string, credentials: string): Operation => {
  const parameters = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => ({
    name: name!,
    in: 'path' as const,
    required: true as const,
    schema: { type: 'string' as const },
  }));
  return {
    ...(parameters.length > 0 && { parameters }),
    responses: {},
    'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri, credentials },
  };
};
