import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { type Image, relayImages } from '#domain/relay/relay.ts';
import { counted } from '#lib/aws/aws-calls.ts';
import { logger } from '#lib/logger.ts';
import { relayTools } from '#wiring/deployed-tools.ts';

/**
 * Publishes the outbox messages of the table's writes. It throws when a destination is
 * unreachable: the batch is retried, and ids make repeats harmless.
 */
export const handler = async ({ Records }: DynamoDBStreamEvent): Promise<void> => {
  const images = Records.flatMap(({ dynamodb }) =>
    dynamodb?.NewImage ? [unmarshall(dynamodb.NewImage as Record<string, AttributeValue>) as Image] : [],
  );
  await relayImages(images, relayTools());
  logger().info('relay', { records: Records.length, ...counted() });
};
