/** What a door's bundle may touch, read off the calls that it contains. A call counts when it is made on a thing of these names: `table.get(`, `table().get(`. */
const calls = {
  table: {
    get: 'GetItem',
    getAll: 'BatchGetItem',
    update: 'UpdateItem',
    put: 'PutItem',
    query: 'Query',
    transact: 'UpdateItem',
  },
  parked: { get: 'GetItem', update: 'UpdateItem', put: 'PutItem', query: 'Query', transact: 'UpdateItem' },
  // Rows are added and read: there is no call by which anybody could be granted more.
  ledger: { put: 'PutItem', query: 'Query' },
  queues: { send: 'SendMessage' },
  bus: { publish: 'PutEvents' },
  adapters: { ask: 'InvokeFunction' },
  executions: { start: 'StartExecution', state: 'DescribeExecution' },
  tasks: { succeed: 'SendTaskSuccess' },
  secrets: { get: 'GetSecretValue' },
  objects: { open: 'GetObject GetObjectVersion ListBucket', put: 'PutObject' },
  signer: { sign: 'Sign', publicKey: 'GetPublicKey' },
} as const;

/** `index` is the table's index of what is open, read where the bundle says `index: 'Open'`; `recorded` the ledger's, by `index: 'Recorded'`; `uploads` are the objects that `objects.upload(` gives away the right to put. */
export type Tool = keyof typeof calls | 'index' | 'recorded' | 'uploads';
export type Grants = Partial<Record<Tool, string[]>>;
const services: Record<keyof typeof calls, string> = {
  ...{ table: 'dynamodb', parked: 'dynamodb', ledger: 'dynamodb', queues: 'sqs', bus: 'events' },
  ...{
    adapters: 'lambda',
    executions: 'states',
    tasks: 'states',
    secrets: 'secretsmanager',
    signer: 'kms',
    objects: 's3',
  },
};

/** IAM actions per tool: `table.get(` in the bundle → `dynamodb:GetItem` on the table. A tool that is never called is absent. */
export const grantsOf = (bundle: Map<string, string>): Grants => {
  const text = [...bundle.values()].join('\n');
  const granted = (Object.keys(calls) as (keyof typeof calls)[]).map(
    (tool) => [tool, actionsOn(tool, text)] as const,
  );
  const reads = (index: string) => (text.includes(`index: '${index}'`) ? ['dynamodb:Query'] : []);
  const read = [['index', reads('Open')] as const, ['recorded', reads('Recorded')] as const];
  const uploads = isCalled('objects', 'upload', text) ? ['s3:PutObject'] : [];
  return Object.fromEntries(
    [...granted, ...read, ['uploads', uploads] as const].filter(([, actions]) => actions.length > 0),
  );
};

const actionsOn = (tool: keyof typeof calls, text: string) => {
  // TransactWriteItems is authorised by what it does to each item, here updates.
  const called = Object.entries(calls[tool]).filter(([method]) => isCalled(tool, method, text));
  const actions = called.flatMap(([, action]) => String(action).split(' '));
  return [...new Set(actions.map((action) => `${services[tool]}:${action}`))].sort();
};

const isCalled = (tool: string, method: string, text: string) =>
  new RegExp(`\\b${tool}(\\(\\))?\\s*\\.${method}\\(`).test(text);
