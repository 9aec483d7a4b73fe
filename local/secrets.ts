import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { awsClient } from './aws-client.ts';
import type { Engine } from './engine.ts';

/** Stores the credentials of the outside systems as the secrets that adapters read. */
export async function putSecrets({ env }: Engine, secrets: Record<string, string>): Promise<void> {
  const client = new SecretsManagerClient({ ...awsClient(env), maxAttempts: 2 });
  for (const [Name, SecretString] of Object.entries(secrets)) {
    try {
      await client.send(new CreateSecretCommand({ Name, SecretString }));
    } catch (error) {
      if (!(error instanceof ResourceExistsException)) throw error;
      await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString }));
    }
  }
  client.destroy();
}
