import { randomUUID } from 'node:crypto';
import { awsJsonCalls } from './aws-json-calls.ts';
import type { DynamoCalls } from './dynamo-calls.ts';
import { toWire } from './dynamo-wire.ts';

const dynamodb = {
  signedAs: 'dynamodb',
  target: 'DynamoDB_20120810',
  version: '1.0',
  variable: 'AWS_ENDPOINT_URL_DYNAMODB',
} as const;

/**
 * DynamoDB without the SDK's client: the operations of lib/aws/dynamo-calls.ts over
 * `awsJsonCalls`.
 */
export function thinCalls(reach: Parameters<typeof awsJsonCalls>[1] = {}): DynamoCalls {
  const call = awsJsonCalls(dynamodb, reach);
  return (operation, input) => {
    // A second attempt carries the same token, so it is no second transaction.
    const once = operation === 'TransactWriteItems' ? { ClientRequestToken: randomUUID() } : {};
    return call(operation, toWire({ ...once, ...input })) as never;
  };
}
