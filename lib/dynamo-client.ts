import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { sdk } from './sdk.ts';

/** Region, endpoint and credentials come from the environment, through the SDK, or from `at`. */
export const dynamoClient = (at: DynamoDBClientConfig = {}): DynamoDBClient =>
  new DynamoDBClient({ ...sdk, ...at });
