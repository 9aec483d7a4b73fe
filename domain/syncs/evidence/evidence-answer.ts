import type { Answer } from '#lib/http/declaration.ts';
import { bundle } from './verify/bundle.ts';

const syncId = '6f1c1d2e-8b7a-4c57-9d0e-2f4b8a1c3d5e';
const outsideToken = '0d2f7c1b-5c0e-8a6e-9b1d-3a4f5e6d7c8b';
const noHash = '0'.repeat(64);
const hash = 'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9';

/** A bundle that anyone can verify offline; the example shows its shape, and proves nothing. */
export const evidenceAnswer = {
  description: 'The bundle. Check it with `npx lockstep verify`, or as docs/evidence.md says.',
  schema: bundle.meta({ id: 'Evidence' }),
  example: {
    ...{ format: 'lockstep-evidence', version: 2, sync_id: syncId, outside_token: outsideToken },
    rows: [
      {
        ...{ time: '2027-01-15T09:00:00.000Z', event_id: syncId, system: 'lockstep' },
        ...{ action: 'accept', result: 'accepted', attempt: 1, seq: 1, prev: noHash, hash },
      },
    ],
    covered_rows: 1,
    checkpoint: {
      text: 'lockstep\n3\n1\nkD0-3vJm4cYVh2pXbqT1rg\n2c26b46b\n2027-01-15T09:01:00.000Z\n',
      ...{ signature: 'MEUCIQDk', key: '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n' },
      ...{ head: { outside_token: outsideToken, seq: 1, head: hash }, index: 0, path: [] },
    },
  },
  headers: ['ETag'],
} satisfies Answer;
