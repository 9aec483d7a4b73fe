import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Answers with the function's environment. `?ms=` makes the call slow, so that several run at
 * once.
 */
export const handler = async ({
  path,
  queryStringParameters,
}: {
  path: string;
  queryStringParameters: { ms?: string } | null;
}) => {
  console.log(JSON.stringify({ echo: path }));
  await sleep(Number(queryStringParameters?.ms ?? 0));
  return { statusCode: 200, body: JSON.stringify({ path, env: process.env }) };
};
