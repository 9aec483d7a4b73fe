import { randomUUID } from 'node:crypto';
import { IdempotencyConfig } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { makeHandlerIdempotent } from '@aws-lambda-powertools/idempotency/middleware';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import headerNormalizer from '@middy/http-header-normalizer';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod';

/**
 * The usual assembly: middy, Powertools for idempotency and logs, a lock table, a conditional
 * put, an event at the end. Written as the libraries' documentation shows, with connections kept.
 */
const logger = new Logger({ serviceName: 'peer' });
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const events = new EventBridgeClient({});
const persistence = new DynamoDBPersistenceLayer({
  tableName: 'idempotency',
  keyAttr: 'pk',
  sortKeyAttr: 'sk',
  staticPkValue: 'reserve',
});
const config = new IdempotencyConfig({
  eventKeyJmesPath: 'headers."idempotency-key"',
  throwOnNoIdempotencyKey: true,
});
const path = z.object({
  slotId: z
    .string()
    .regex(/^[1-9]\d{0,15}$/)
    .transform(Number),
});
const eligible = z.object({ eligible: z.boolean() });

class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function post(url: string, body: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(2_000),
  });
  return { status: response.status, body: await response.json() };
}

async function lock(slot: number, owner: string) {
  const now = Date.now();
  await documents.send(
    new PutCommand({
      TableName: 'locks',
      Item: { pk: `slot-${slot}`, sk: 'lock', owner, until: now + 30_000 },
      ConditionExpression: 'attribute_not_exists(#pk) OR #until < :now',
      ExpressionAttributeNames: { '#pk': 'pk', '#until': 'until' },
      ExpressionAttributeValues: { ':now': now },
    }),
  );
}

const unlock = (slot: number, owner: string) =>
  documents.send(
    new DeleteCommand({
      TableName: 'locks',
      Key: { pk: `slot-${slot}`, sk: 'lock' },
      ConditionExpression: '#owner = :owner',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':owner': owner },
    }),
  );

async function reserve(slot: number) {
  const id = randomUUID();
  const [check, payment] = await Promise.all([
    post(`${process.env.ENDPOINT_ELIGIBILITY}/checks`, { key: id, slot }),
    post(`${process.env.ENDPOINT_CLEARINGHOUSE}/authorizations`, {
      key: id,
      slot,
      amount: 0,
      currency: 'USD',
    }),
  ]);
  if (!eligible.parse(check.body).eligible || payment.status === 402) throw new Refused(400, 'refused');
  await documents.send(
    new PutCommand({
      TableName: 'reservations',
      Item: { pk: `slot-${slot}`, sk: 'reservation', id, at: new Date().toISOString() },
      ConditionExpression: 'attribute_not_exists(#pk)',
      ExpressionAttributeNames: { '#pk': 'pk' },
    }),
  );
  return id;
}

const putBooked = (slot: number, id: string) =>
  events.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: 'bus',
          Source: 'peer',
          DetailType: 'slot.reserved',
          Detail: JSON.stringify({ slot, id }),
        },
      ],
    }),
  );

const handled = middy<APIGatewayProxyEvent>()
  .use(headerNormalizer())
  .use(injectLambdaContext(logger))
  .use(makeHandlerIdempotent({ persistenceStore: persistence, config }))
  .handler(async (event) => {
    const { slotId } = path.parse(event.pathParameters);
    const owner = randomUUID();
    await lock(slotId, owner);
    let id: string;
    try {
      id = await reserve(slotId);
    } finally {
      await unlock(slotId, owner);
    }
    await putBooked(slotId, id);
    logger.info('reserved', { slot: slotId, reservation: id });
    return { statusCode: 200, body: JSON.stringify({ status: 'ok', reservation_id: id }) };
  });

/** Powertools forgets the key on a thrown error, so the error becomes an answer out here. */
export const handler = async (event: APIGatewayProxyEvent, context: never) => {
  try {
    return await handled(event, context);
  } catch (error) {
    const taken = (error as Error).name === 'ConditionalCheckFailedException';
    const status = error instanceof Refused ? error.status : taken ? 409 : 500;
    logger.info('refused', { status });
    return { statusCode: status, body: JSON.stringify({ error: (error as Error).message }) };
  }
};
