import { objectsOn, s3Client } from '#lib/aws/objects.ts';
import { env } from '#lib/env.ts';
import { once } from '#lib/once.ts';

/** The batches' bucket of the deployed product. */
export const deployedObjects = /* @__PURE__ */ once(() =>
  objectsOn({ client: once(s3Client), bucket: () => env('BATCHES') }),
);
