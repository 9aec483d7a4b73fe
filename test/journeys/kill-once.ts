import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { awsClient } from '#local/aws-client.ts';
import { checkout, scratch } from '#local/folder.ts';
import { eventually, running } from './running-lockstep.ts';

const client = new LambdaClient(awsClient(running.env));
const preload = join(checkout, 'test', 'journeys', 'die-once.mjs');

/**
 * Kills a function's process once with SIGKILL at its nth HTTP call, so that no catch or finally
 * runs.
 */
export async function killOnce(file: string, call: number) {
  const name = await nameOf(file);
  const folder = mkdtempSync(join(scratch, 'die-'));
  const marker = join(folder, 'died');
  const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  const before = Environment?.Variables ?? {};
  await configure(name, {
    ...before,
    NODE_OPTIONS: `--import=${preload}`,
    DIE_AT: String(call),
    DIE_MARKER: marker,
  });
  return {
    /** Ends the danger, and returns whether the process was killed. */
    undo: async (): Promise<boolean> => {
      const happened = existsSync(marker);
      await configure(name, before);
      rmSync(folder, { recursive: true, force: true });
      return happened;
    },
  };
}

const configure = (FunctionName: string, Variables: Record<string, string>) =>
  eventually(
    () =>
      client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } })).then(
        () => true,
        () => false,
      ),
    Boolean,
  );

async function nameOf(file: string): Promise<string> {
  for (let Marker: string | undefined; ; ) {
    const page = await client.send(new ListFunctionsCommand({ ...(Marker && { Marker }) }));
    const found = page.Functions?.find(({ Description }) => Description === file);
    if (found?.FunctionName) return found.FunctionName;
    Marker = page.NextMarker;
    if (!Marker) throw new Error(`No function is ${file}`);
  }
}
