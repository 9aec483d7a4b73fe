import { KMSClient } from '@aws-sdk/client-kms';
import { sdk } from '#lib/aws/sdk.ts';
import { signerOn } from '#lib/aws/signer.ts';
import { systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { once } from '#lib/once.ts';
import { deployedObjects } from './deployed-objects.ts';
import { deployedLedger, deployedOrigin, deployedStore } from './platform.ts';

const deployedSigner = /* @__PURE__ */ once(() =>
  signerOn({ client: once(() => new KMSClient(sdk)), key: () => env('SIGNING_KEY') }),
);

/** The tools of `makeCheckpoints`: the ledger under its table's name, and the key that signs. */
export const checkpointTools = /* @__PURE__ */ once(() => ({
  ...{ ledger: deployedLedger(), clock: systemClock, signer: deployedSigner(), origin: deployedOrigin() },
}));

/** The tools of `showEvidence`. */
export const evidenceTools = /* @__PURE__ */ once(() => ({
  ...{ store: deployedStore(), ledger: deployedLedger(), objects: deployedObjects() },
}));
