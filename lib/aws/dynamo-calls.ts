import type * as sdk from '@aws-sdk/client-dynamodb';

type Operations = {
  GetItem: [sdk.GetItemCommandInput, sdk.GetItemCommandOutput];
  BatchGetItem: [sdk.BatchGetItemCommandInput, sdk.BatchGetItemCommandOutput];
  UpdateItem: [sdk.UpdateItemCommandInput, sdk.UpdateItemCommandOutput];
  PutItem: [sdk.PutItemCommandInput, sdk.PutItemCommandOutput];
  Query: [sdk.QueryCommandInput, sdk.QueryCommandOutput];
  TransactWriteItems: [sdk.TransactWriteItemsCommandInput, sdk.TransactWriteItemsCommandOutput];
};
export type Operation = keyof Operations;
export type Input<O extends Operation> = Operations[O][0];
export type Output<O extends Operation> = Operations[O][1];

/**
 * DynamoDB's operations as the table uses them, in the SDK's types. `sdkCalls` and `thinCalls`
 * implement them alike; errors carry the SDK's fields: `name`, `$metadata`, `$fault`, and those of
 * the operation, such as `Item`.
 */
export type DynamoCalls = <O extends Operation>(operation: O, input: Input<O>) => Promise<Output<O>>;
