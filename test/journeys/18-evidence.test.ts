import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Bundle } from '#domain/syncs/evidence/verify/bundle.ts';
import { type Caller, callerOf } from '#examples/labs/caller.ts';
import { awsClient } from '#local/aws-client.ts';
import { issueKey } from '#local/issue-key.ts';
import { eventually, lockstep, newTenant, running, store } from './running-lockstep.ts';

const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
const file = (name: string) => join(folder, name);
/**
 * A minute is signed once the next one is over. The sync was undone before the first journey, so
 * that its minute usually is.
 */
const signedWithinMs = 300_000;
const { tenant, id } = inject('undone');
let operator: Caller;
let bundle: Bundle;

/** The key as an auditor gets it: from KMS, not from the bundle. */
async function publicKeyOfKms(): Promise<string> {
  const client = new KMSClient(awsClient(running.env));
  const { PublicKey = new Uint8Array() } = await client.send(
    new GetPublicKeyCommand({ KeyId: running.outputs.SigningKey ?? '' }),
  );
  client.destroy();
  const lines =
    Buffer.from(PublicKey)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
}

beforeAll(async () => {
  operator = callerOf(running.baseUrl, await issueKey(store, tenant, 'operator'));
  const evidence = async () => {
    await sleep(1_000);
    const { body, text } = await operator('GET', `/api/v1/syncs/${id}/evidence`);
    return { bundle: body as Bundle, text };
  };
  const covered = await eventually(
    evidence,
    ({ bundle: { rows, covered_rows } }) => rows?.at(-1)?.result === 'undone' && covered_rows === rows.length,
    signedWithinMs,
  );
  bundle = covered.bundle;
  writeFileSync(file('bundle.json'), covered.text);
  writeFileSync(file('public.pem'), await publicKeyOfKms());
}, signedWithinMs + 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the evidence of an undone sync', () => {
  it('is signed within minutes, and verifies with nothing but the file and the public key', async () => {
    const { code, stdout } = await lockstep('verify', file('bundle.json'), '--key', file('public.pem'));
    expect(stdout).toContain('This evidence is good.');
    expect(stdout).toContain('signed with the key given');
    expect(code).toBe(0);
  });

  it('fails verification when a value was changed, and the verifier names the row', async () => {
    const forged = structuredClone(bundle);
    const row = forged.rows.find(({ action }) => action === 'commit')!;
    row.result = 'refused';
    writeFileSync(file('forged.json'), JSON.stringify(forged));
    const { code, stdout } = await lockstep('verify', file('forged.json'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      good: false,
      fault: expect.stringContaining(`Row ${row.seq} (${row.system} commit) was changed`),
    });
  });

  it('is the same from the command line, and 404 for another tenant', async () => {
    const got = await lockstep('evidence', 'get', id, '--tenant', tenant, '-o', file('got.json'));
    expect(got).toMatchObject({ code: 0, stdout: '' });
    expect(JSON.parse(readFileSync(file('got.json'), 'utf8'))).toEqual(bundle);
    expect(await lockstep('evidence', 'key')).toMatchObject({
      code: 0,
      stdout: readFileSync(file('public.pem'), 'utf8'),
    });
    const stranger = await newTenant();
    expect(await stranger.operator('GET', `/api/v1/syncs/${id}/evidence`)).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
    expect(await operator('GET', `/api/v1/syncs/${id}/evidence?item=P1`)).toMatchObject({ status: 404 });
    expect(await operator('GET', `/api/v1/syncs/${randomUUID()}/evidence`)).toMatchObject({
      status: 404,
    });
  });

  it('contains the same rows as the export of the tenant’s ledger', async () => {
    const { code, stdout, stderr } = await lockstep('ledger', 'export', '--tenant', tenant, '--jsonl');
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(bundle.rows);
    expect(stderr).toContain(`${bundle.rows.length} rows of 1 syncs; every chain is whole.`);
    expect(code).toBe(0);
  });
});
