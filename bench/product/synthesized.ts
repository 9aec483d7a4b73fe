import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { doorsIn, ofKind, type SubscriberDoor } from '#infra/read/doors.ts';
import { resourcesOf, type Template } from '#infra/report/template.ts';
import { compose } from '#infra/stacks/compose.ts';
import type { Definition } from '#infra/stacks/sync-definition.ts';

const checkout = dirname(dirname(import.meta.dirname));

/** The saga's definition, synthesized from this checkout with the settings of cdk.json. */
export function synthesizedDefinition(): Definition {
  const outdir = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  try {
    const { context } = JSON.parse(readFileSync(join(checkout, 'cdk.json'), 'utf8'));
    const unbundled = { ...context, 'aws:cdk:bundling-stacks': [], commit: 'bench' };
    const app = new App({ outdir, context: unbundled, analyticsReporting: false });
    const { product } = compose(app, checkout, {});
    const template = app.synth().getStackArtifact(product.artifactId).template as Template;
    const machines = resourcesOf(template, 'AWS::StepFunctions::StateMachine');
    if (machines.length !== 1)
      throw new Error(`There are ${machines.length} state machines, and the bench knows one`);
    return JSON.parse(machines[0]?.[1].DefinitionString) as Definition;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/**
 * The doors that subscribe to events of syncs. Each event costs each of them a message and an
 * invocation.
 */
export const subscribersOf = (type: string): SubscriberDoor[] =>
  ofKind(doorsIn(checkout), 'subscriber').filter(({ hears }) =>
    hears.aws ? false : hears.type ? hears.type === type : type.startsWith(hears.prefix ?? ''),
  );
