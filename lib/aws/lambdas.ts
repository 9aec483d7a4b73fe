import { InvokeCommand, LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { sdk } from './sdk.ts';

type Reached = { client: () => LambdaClient; nameOf: (adapter: string) => string };

/**
 * Waits longer than an adapter may run, and tries once: only the saga knows whether a call to an
 * outside system may be repeated.
 */
export const lambdaClient = (at: LambdaClientConfig = {}): LambdaClient =>
  new LambdaClient({
    ...sdk,
    maxAttempts: 1,
    requestHandler: { ...sdk.requestHandler, requestTimeout: 50_000 },
    ...at,
  });

/**
 * The adapter functions, by file name. Answers with the adapter's reply; throws if it failed or
 * its reply is unreadable.
 */
export const adaptersOn = ({ client, nameOf }: Reached) => ({
  async invokeAdapter(adapter: string, payload: object): Promise<unknown> {
    const { FunctionError, Payload } = await client().send(
      new InvokeCommand({ FunctionName: nameOf(adapter), Payload: JSON.stringify(payload) }),
    );
    const text = Buffer.from(Payload ?? []).toString();
    // The adapter's error message may repeat the request: it stays in the adapter's own log.
    if (FunctionError) throw new Error(`The adapter ${adapter} failed (${FunctionError})`);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new Error(`The adapter ${adapter} answered no JSON`, { cause });
    }
  },
});
