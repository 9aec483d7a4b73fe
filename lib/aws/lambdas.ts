import { InvokeCommand, LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { sdk } from './sdk.ts';

type Reached = { client: () => LambdaClient; nameOf: (adapter: string) => string };

/** Waits longer than an adapter may run, and asks once: whether to repeat a call to an outside system is decided by who knows what was asked. */
export const lambdaClient = (at: LambdaClientConfig = {}): LambdaClient =>
  new LambdaClient({
    ...sdk,
    maxAttempts: 1,
    requestHandler: { ...sdk.requestHandler, requestTimeout: 50_000 },
    ...at,
  });

/** The adapters, each a function of its own, by file name. Answers what the adapter answered; throws where it failed or said nothing readable. */
export const adaptersOn = ({ client, nameOf }: Reached) => ({
  async invokeAdapter(adapter: string, payload: object): Promise<unknown> {
    const { FunctionError, Payload } = await client().send(
      new InvokeCommand({ FunctionName: nameOf(adapter), Payload: JSON.stringify(payload) }),
    );
    const text = Buffer.from(Payload ?? []).toString();
    // What it says of its failure may repeat what it was asked: that stays in its own log.
    if (FunctionError) throw new Error(`The adapter ${adapter} failed (${FunctionError})`);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new Error(`The adapter ${adapter} answered no JSON`, { cause });
    }
  },
});
