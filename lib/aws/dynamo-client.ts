import {
  BatchGetItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoCalls } from './dynamo-calls.ts';
import { sdk } from './sdk.ts';

/** Region, endpoint and credentials come from the environment, through the SDK, or from `at`. */
export const dynamoClient = (at: DynamoDBClientConfig = {}): DynamoDBClient =>
  new DynamoDBClient({ ...sdk, ...at });

const commands = {
  GetItem: GetItemCommand,
  BatchGetItem: BatchGetItemCommand,
  UpdateItem: UpdateItemCommand,
  PutItem: PutItemCommand,
  Query: QueryCommand,
  TransactWriteItems: TransactWriteItemsCommand,
};

/** DynamoDB by the official SDK, for the command line and as the reference for `thinCalls`. */
export const sdkCalls =
  (client: DynamoDBClient): DynamoCalls =>
  (operation, input) => {
    const Command = commands[operation] as new (given: typeof input) => GetItemCommand;
    return client.send(new Command(input)) as never;
  };
