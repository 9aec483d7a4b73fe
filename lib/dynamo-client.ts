import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A client that gives up: a call takes at most two attempts of three seconds. Region, endpoint and credentials come from the environment, through the SDK. */
export const dynamoClient = (): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 2,
    // Without throwOnRequestTimeout the SDK only warns, and a hung connection hangs the function.
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
