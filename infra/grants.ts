/** What a door's bundle may touch, read off the calls that it contains. A call counts when it is made on a thing of these names: `table.get(`, `table().get(`. */
const calls = {
  table: { get: 'GetItem', update: 'UpdateItem', put: 'PutItem', query: 'Query', transact: 'UpdateItem' },
  parked: { get: 'GetItem', update: 'UpdateItem', put: 'PutItem', query: 'Query', transact: 'UpdateItem' },
  queues: { send: 'SendMessage' },
  bus: { publish: 'PutEvents' },
} as const;

export type Tool = keyof typeof calls;
const services: Record<Tool, string> = { table: 'dynamodb', parked: 'dynamodb', queues: 'sqs', bus: 'events' };

/** IAM actions per tool: `table.get(` in the bundle → `dynamodb:GetItem` on the table. A tool that is never called is absent. */
export const grantsOf = (bundle: Map<string, string>): Partial<Record<Tool, string[]>> => {
  const text = [...bundle.values()].join('\n');
  const granted = (Object.keys(calls) as Tool[]).map((tool) => [tool, actionsOn(tool, text)] as const);
  return Object.fromEntries(granted.filter(([, actions]) => actions.length > 0));
};

const actionsOn = (tool: Tool, text: string) => {
  // TransactWriteItems is authorised by what it does to each item, here updates.
  const called = Object.entries(calls[tool]).filter(([method]) => new RegExp(`\\b${tool}(\\(\\))?\\s*\\.${method}\\(`).test(text));
  return [...new Set(called.map(([, action]) => `${services[tool]}:${action}`))].sort();
};
