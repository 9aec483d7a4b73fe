import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';

/**
 * The floor: the same two writes and two checks without framework, schema or retries, signed in
 * twenty lines. It is a lower bound for comparison, not code to ship.
 */
const http = process.getBuiltinModule('node:http');
const agent = new http.Agent({ keepAlive: true });
const { env } = process;
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha = (text: string) => createHash('sha256').update(text).digest('hex');

type Sent = { status: number; body: Record<string, never> & { [field: string]: unknown } };

function post(url: string, headers: Record<string, string>, body: string): Promise<Sent> {
  const { hostname: host, port, pathname: path } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', host, port, path, agent, timeout: 3_000 };
    const request = http.request({ ...options, headers }, (response: IncomingMessage) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

function update(body: object): Promise<Sent> {
  const text = JSON.stringify({ TableName: env.TABLE, ReturnValues: 'ALL_NEW', ...body });
  const endpoint = env.AWS_ENDPOINT_URL ?? '';
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${stamp.slice(0, 8)}/${env.AWS_REGION}/dynamodb/aws4_request`;
  const target = 'DynamoDB_20120810.UpdateItem';
  const { host } = new URL(endpoint);
  const names = 'content-type;host;x-amz-date;x-amz-target';
  const canonical = `POST\n/\n\ncontent-type:application/x-amz-json-1.0\nhost:${host}\nx-amz-date:${stamp}\nx-amz-target:${target}\n\n${names}\n${sha(text)}`;
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${env.AWS_SECRET_ACCESS_KEY}`);
  const signature = hmac(key as Buffer, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha(canonical)}`).toString(
    'hex',
  );
  return post(
    endpoint,
    {
      ...{ host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-date': stamp, 'x-amz-target': target },
      authorization: `AWS4-HMAC-SHA256 Credential=${env.AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    },
    text,
  );
}

const json = { 'content-type': 'application/json' };
const answer = (statusCode: number, body: object) => ({ statusCode, body: JSON.stringify(body) });

export const handler = async ({ pathParameters, headers }: APIGatewayProxyEvent) => {
  const began = Date.now();
  const slot = Number(pathParameters?.slotId);
  const mine = sha(String(headers['idempotency-key']));
  const id = randomBytes(12).toString('base64url');
  const one = { Key: { pk: { S: `slot-${slot}` }, sk: { S: 'slot' } } };
  const held = await update({
    ...one,
    UpdateExpression: 'SET #st = :held, #k = :mine, #u = :until',
    ConditionExpression: 'attribute_not_exists(#pk) OR #st = :free OR (#st = :held AND #u < :now)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ExpressionAttributeNames: { '#pk': 'pk', '#st': 'st', '#k': 'k', '#u': 'u' },
    ExpressionAttributeValues: {
      ...{ ':held': { S: 'held' }, ':free': { S: 'free' }, ':mine': { S: mine } },
      ...{ ':until': { N: String(began + 30_000) }, ':now': { N: String(began) } },
    },
  });
  if (held.status !== 200) {
    const old = held.body.Item as unknown as { k?: { S: string }; r?: { S: string } };
    return old?.k?.S === mine && old.r ? answer(200, JSON.parse(old.r.S)) : answer(409, { error: 'taken' });
  }
  const asked = JSON.stringify({ key: id, slot, amount: 0, currency: 'USD' });
  const [check, payment] = await Promise.all([
    post(`${env.ENDPOINT_ELIGIBILITY}/checks`, json, asked),
    post(`${env.ENDPOINT_CLEARINGHOUSE}/authorizations`, json, asked),
  ]);
  const yes = check.body.eligible && payment.status < 300;
  const reply = { status: 'ok', reservation_id: id };
  const fence = { '#st': 'st', '#k': 'k', '#r': 'r' };
  await update({
    ...one,
    UpdateExpression: 'SET #st = :to, #r = :reply',
    ConditionExpression: '#st = :held AND #k = :mine',
    ExpressionAttributeNames: fence,
    ExpressionAttributeValues: {
      ...{ ':to': { S: yes ? 'taken' : 'free' }, ':reply': { S: JSON.stringify(reply) } },
      ...{ ':held': { S: 'held' }, ':mine': { S: mine } },
    },
  });
  process.stdout.write(
    `{"slot":${slot},"key":"${mine.slice(0, 8)}","ok":${Boolean(yes)},"ms":${Date.now() - began}}\n`,
  );
  return yes ? answer(200, reply) : answer(400, { error: 'refused' });
};
