import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { systemClock } from '#lib/clock.ts';
import { once } from '#lib/once.ts';
import { sdk } from '#lib/sdk.ts';
import { secretsOn } from '#lib/secrets.ts';

/** AWS Secrets Manager, as the function's role allows. */
export const secretsManager = /* @__PURE__ */ once(() =>
  secretsOn({ client: once(() => new SecretsManagerClient(sdk)), clock: systemClock }),
);
