import { randomUUID } from 'node:crypto';
import type { Scene } from './ohio-scene.ts';
import { counted, dollars, numbered, type Payments } from './payments.ts';

const deadlineMs = 900_000;

/**
 * Sends a batch: its declaration, its bytes straight into the bucket, and the sync that refers to
 * them. Returns the sync's id.
 */
export async function sendBatch({ story, publisher, baseUrl }: Scene, payments: Payments): Promise<string> {
  const { count, amount_minor } = payments;
  const key = randomUUID().slice(0, 8);
  const declared = { count, amount_minor, content_encoding: 'gzip' };
  const asked = () => {
    story.show(`curl -H "Authorization: Bearer $KEY" -H "Idempotency-Key: ${key}" \\`);
    story.show('  -H "Content-Type: application/json" \\');
  };
  story.show(`API=${baseUrl}`);
  asked();
  story.show(`  -d '${JSON.stringify(declared)}' \\`);
  story.show('  $API/api/v1/uploads > upload.json');
  const upload = await publisher('POST', '/api/v1/uploads', {
    headers: { 'Idempotency-Key': key },
    body: declared,
  });
  const {
    upload_id,
    url,
    headers = {},
  } = upload.body as { upload_id: string; url: string; headers?: Record<string, string> };
  story.claim('201: a URL for the items; nothing is stored yet', upload.status === 201, upload.body);

  const bytes = payments.gzipped();
  for (const line of payments.made) story.show(line);
  story.show('curl -T payments.ndjson.gz -H "Content-Type: application/x-ndjson" \\');
  story.show('  -H "Content-Encoding: gzip" "$(jq -r .url upload.json)"');
  const put = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  story.claim(
    `200: ${numbered(bytes.length)} bytes are in the bucket; no function has read them`,
    put.status === 200,
    put.status,
  );

  const deadline = new Date(Date.now() + deadlineMs).toISOString();
  const body = {
    type: 'benefit.adjusted',
    payload: { state: 'OH', delta_usd: 25 },
    items: { upload: upload_id },
    deadline,
  };
  asked();
  story.show(`  -d '{"type": "benefit.adjusted",`);
  story.show(`       "payload": {"state": "OH", "delta_usd": 25},`);
  story.show(`       "items": {"upload": "${upload_id}"},`);
  story.show(`       "deadline": "${deadline}"}' \\`);
  story.show('  $API/api/v1/syncs');
  const send = () => publisher('POST', '/api/v1/syncs', { headers: { 'Idempotency-Key': key }, body });
  const accepted = await send();
  for (const [name, value] of Object.entries(accepted.body))
    story.tell(`${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  story.claim(
    `202: read, checked and pinned: ${dollars(amount_minor)} in ${counted(count, 'item')}`,
    accepted.status === 202,
    accepted.body,
  );
  return String(accepted.body.sync_id);
}
