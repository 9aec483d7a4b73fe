/** What a door's bundle may touch, read off the calls that it contains. A call counts when it is made on a thing of these names: `table.get(`, `table().get(`. */
const calls = {
  table: {
    getItem: 'GetItem',
    batchGetItems: 'BatchGetItem',
    updateItem: 'UpdateItem',
    putItem: 'PutItem',
    queryItems: 'Query',
    transactWriteItems: 'UpdateItem',
  },
  index: { queryIndex: 'Query' },
  parked: { parkItem: 'PutItem' },
  // Rows are added and read: there is no call by which anybody could be granted more.
  ledger: { appendItem: 'PutItem', queryPages: 'Query' },
  recorded: { queryRecorded: 'Query' },
  queues: { sendMessages: 'SendMessage' },
  bus: { putEvents: 'PutEvents' },
  adapters: { invokeAdapter: 'InvokeFunction' },
  executions: { startExecution: 'StartExecution', describeExecution: 'DescribeExecution' },
  tasks: { sendSuccess: 'SendTaskSuccess' },
  secrets: { readSecret: 'GetSecretValue' },
  objects: { openObject: 'GetObject GetObjectVersion ListBucket', putObject: 'PutObject' },
  uploads: { signUpload: 'PutObject' },
  signer: { signBytes: 'Sign', readPublicKey: 'GetPublicKey' },
} as const;

/** Three are called on another tool: the table's index of what is open on `table`, the ledger's on `ledger`, and what gives away the right to put on `objects`. */
export type Tool = keyof typeof calls;
export type Grants = Partial<Record<Tool, string[]>>;
const services: Record<keyof typeof calls, string> = {
  ...{ table: 'dynamodb', index: 'dynamodb', parked: 'dynamodb', ledger: 'dynamodb', recorded: 'dynamodb' },
  ...{ queues: 'sqs', bus: 'events', uploads: 's3' },
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
  return Object.fromEntries(granted.filter(([, actions]) => actions.length > 0));
};

const actionsOn = (tool: keyof typeof calls, text: string) => {
  // TransactWriteItems is authorised by what it does to each item, here updates.
  const called = Object.entries(calls[tool]).filter(([method]) => isCalled(tool, method, text));
  const actions = called.flatMap(([, action]) => String(action).split(' '));
  return [...new Set(actions.map((action) => `${services[tool]}:${action}`))].sort();
};

const calledOn: Record<string, string> = { index: 'table', recorded: 'ledger', uploads: 'objects' };
const isCalled = (tool: string, method: string, text: string) =>
  new RegExp(`\\b${calledOn[tool] ?? tool}(\\(\\))?\\s*\\.${method}\\(`).test(text);
