/** One method of a tool: the AWS actions that it takes, and the resource that they touch. */
type Granted = { thing: string; actions: string };

/**
 * Every granted method by its name. No other function or method of the product has such a name, so
 * that the name of its owner does not matter.
 * TransactWriteItems is authorised as what it does to each item, here updates; an index of a table
 * is a resource of its own.
 */
export const methods = {
  getItem: { thing: 'table', actions: 'dynamodb:GetItem' },
  batchGetItems: { thing: 'table', actions: 'dynamodb:BatchGetItem' },
  updateItem: { thing: 'table', actions: 'dynamodb:UpdateItem' },
  putItem: { thing: 'table', actions: 'dynamodb:PutItem' },
  queryItems: { thing: 'table', actions: 'dynamodb:Query' },
  transactWriteItems: { thing: 'table', actions: 'dynamodb:UpdateItem' },
  queryIndex: { thing: 'index', actions: 'dynamodb:Query' },
  parkItem: { thing: 'parked', actions: 'dynamodb:PutItem' },
  appendItem: { thing: 'ledger', actions: 'dynamodb:PutItem' },
  queryPages: { thing: 'ledger', actions: 'dynamodb:Query' },
  queryRecorded: { thing: 'recorded', actions: 'dynamodb:Query' },
  sendMessages: { thing: 'queues', actions: 'sqs:SendMessage' },
  putEvents: { thing: 'bus', actions: 'events:PutEvents' },
  invokeAdapter: { thing: 'adapters', actions: 'lambda:InvokeFunction' },
  startExecution: { thing: 'executions', actions: 'states:StartExecution' },
  describeExecution: { thing: 'executions', actions: 'states:DescribeExecution' },
  sendSuccess: { thing: 'tasks', actions: 'states:SendTaskSuccess' },
  readSecret: { thing: 'secrets', actions: 'secretsmanager:GetSecretValue' },
  openObject: { thing: 'objects', actions: 's3:GetObject s3:GetObjectVersion s3:ListBucket' },
  putObject: { thing: 'objects', actions: 's3:PutObject' },
  signUpload: { thing: 'uploads', actions: 's3:PutObject' },
  signBytes: { thing: 'signer', actions: 'kms:Sign' },
  readPublicKey: { thing: 'signer', actions: 'kms:GetPublicKey' },
} as const satisfies Record<string, Granted>;

export type Tool = (typeof methods)[keyof typeof methods]['thing'];
/** IAM actions per tool. A tool without a kept method is absent. */
export type Grants = Partial<Record<Tool, string[]>>;
type Texts = Record<string, string>;

/** The files that define the methods. A name in one of them is a definition, not a use. */
export const makers = [
  ...['dynamo-table', 'append-only', 'parked-table', 'queues', 'bus', 'lambdas'],
  ...['executions', 'step-functions-tasks', 'secrets', 'objects', 'signer', 'aws-json-calls'],
].map((name) => `lib/aws/${name}.ts`);

/** The grants of a door: the methods that its bundle names outside of `makers`. */
export const grantsOf = (texts: Texts): Grants => {
  const text = used(texts);
  const grants: Grants = {};
  for (const [method, { thing, actions }] of Object.entries(methods)) {
    if (!new RegExp(`\\b${method}\\b`).test(text)) continue;
    grants[thing] = [...new Set([...(grants[thing] ?? []), ...actions.split(' ')])].sort();
  }
  return grants;
};

/**
 * The queues that a door sends to: the job types that its bundle writes out in `jobMessage('…')`.
 */
export const jobsOf = (file: string, texts: Texts): string[] => {
  const text = used(texts);
  if (!/\bsendMessages\b/.test(text)) return [];
  const first = [...text.matchAll(/\bjobMessage\d*\(\s*(?:"([\w.-]+)"\s*[,)])?/g)].map(([, job]) => job);
  if (first.length === 0 || first.includes(undefined))
    throw new Error(`${file} sends messages, but not every jobMessage( begins with a job type in quotes`);
  return [...new Set(first as string[])].sort();
};

const used = (texts: Texts) =>
  Object.entries(texts)
    .filter(([file]) => !makers.includes(file) && file !== 'lib/aws/job-message.ts')
    .map(([, text]) => text)
    .join('\n');
