// biome-ignore lint/suspicious/noExplicitAny: a synthesized template has no narrower type than JSON
type Json = any;
export type Template = { Resources: Record<string, { Type: string; Properties: Json }> };
type Properties = [id: string, properties: Json][];

/**
 * A function of a template: `grants` by the resource (`table GetItem Query`), without those for
 * triggers and logs.
 */
export type DeployedFunction = {
  id: string;
  file: string;
  seconds: number;
  megabytes: number;
  grants: string[];
};
export type DeployedRoute = { method: string; path: string; file: string };

export const resourcesOf = (template: Template, type: string): Properties =>
  Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) =>
    Type === type ? [[id, Properties ?? {}]] : [],
  );

/** The logical id that a value refers to, by Ref, by GetAtt or inside a Join. */
export const referred = (value: Json): string => {
  const found = /"(?:Ref":"|Fn::GetAtt":\[")((?!AWS::)\w+)"/.exec(JSON.stringify(value) ?? '');
  return found?.[1] ?? '';
};

export const functionsIn = (template: Template): DeployedFunction[] =>
  resourcesOf(template, 'AWS::Lambda::Function').map(([id, { Description, Timeout, MemorySize, Role }]) => ({
    id,
    file: Description,
    seconds: Timeout,
    megabytes: MemorySize,
    grants: grantsIn(statementsOf(template, referred(Role))),
  }));

/** Every path and method of the API with its door, read from the body of the API. */
export const routesIn = (template: Template): DeployedRoute[] => {
  const files = new Map(functionsIn(template).map(({ id, file }) => [id, file]));
  const paths = resourcesOf(template, 'AWS::ApiGateway::RestApi').flatMap(([, { Body }]) =>
    Object.entries<Json>(Body.paths),
  );
  return paths.flatMap(([path, operations]) =>
    Object.entries<Json>(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      file: files.get(referred(operation['x-amazon-apigateway-integration'].uri)) ?? '',
    })),
  );
};

/** The door that answers every path that is no route. */
export const greedyFile = 'functions/api/not-found.ts';

/** Every statement of a role: its own, and those of its managed policies. */
export const statementsOf = (template: Template, role: string): Json[] => {
  const { Policies = [], ManagedPolicyArns = [] } = template.Resources[role]!.Properties;
  const managed = ManagedPolicyArns.map((arn: Json) => template.Resources[referred(arn)]!.Properties);
  return [...Policies, ...managed].flatMap(({ PolicyDocument }: Json) => PolicyDocument.Statement);
};

const touched =
  /^(dynamodb:(?:GetItem|BatchGetItem|PutItem|UpdateItem|Query)|sqs:SendMessage|events:PutEvents|lambda:InvokeFunction|states:\w+|secretsmanager:\w+|kms:\w+|s3:\w+)$/;
const order = [
  ...['table', 'index', 'parked', 'ledger', 'recorded', 'queues', 'bus', 'adapters'],
  ...['executions', 'tasks', 'secrets', 'objects', 'uploads', 'signer'],
];
const things: Record<string, string> = {
  ...{
    sqs: 'queues',
    events: 'bus',
    lambda: 'adapters',
    states: 'executions',
    secretsmanager: 'secrets',
    kms: 'signer',
  },
};

/** CDK merges statements that differ in one respect only, so either field may be a list. */
const grantsIn = (statements: Json[]): string[] => {
  const granted = statements.flatMap(({ Action, Resource }) =>
    [Action]
      .flat()
      .flatMap((action: string) =>
        [Resource].flat().map((resource) => ({ action, thing: thingOf(action, resource) })),
      ),
  );
  const byThing = Map.groupBy(
    granted.filter(({ action }) => touched.test(action)),
    ({ thing }) => thing,
  );
  const actions = (list: { action: string }[]) =>
    [...new Set(list.map(({ action }) => action.split(':')[1]))].sort().join(' ');
  return order.flatMap((thing) => (byThing.has(thing) ? [`${thing} ${actions(byThing.get(thing)!)}`] : []));
};

const thingOf = (action: string, resource: Json): string => {
  if (action === 'states:SendTaskSuccess') return 'tasks';
  if (action.startsWith('s3:')) return storeOf(resource);
  if (!action.startsWith('dynamodb:')) return things[action.split(':')[0]!] ?? '';
  const index = /\/index\/(\w+)/.exec(JSON.stringify(resource))?.[1];
  if (index) return index === 'Recorded' ? 'recorded' : 'index';
  return /Parked|Ledger/.exec(referred(resource))?.[0].toLowerCase() ?? 'table';
};

/** Other buckets are written by AWS itself, under a function's role. */
const storeOf = (resource: Json): string =>
  !referred(resource).startsWith('Batches')
    ? ''
    : /\/uploads\//.test(JSON.stringify(resource))
      ? 'uploads'
      : 'objects';
