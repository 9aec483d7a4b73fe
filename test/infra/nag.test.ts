import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { acknowledgementOf, allAcknowledgements } from '#infra/report/acknowledgements.ts';
import { compose } from '#infra/stacks/compose.ts';
import { checkout, contextOf } from './synth.ts';

const findingsIn = (pack: NagPack, stacks: IConstruct[]): string[] =>
  stacks.flatMap((stack) => pack.validateScope(stack).violations.map(({ ruleName }) => ruleName));

describe('both stacks under the rules of cdk-nag', () => {
  const app = new App({ context: contextOf({}), analyticsReporting: false });
  const { product, ops } = compose(app, checkout, {});
  const stacks = [product, ops];
  const findings = [
    ...findingsIn(new AwsSolutionsChecks(), stacks),
    ...findingsIn(new ServerlessChecks(), stacks),
  ];

  it('break none that is not acknowledged with a reason', () => {
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter((finding) => acknowledgementOf(finding) === undefined)).toEqual([]);
  });

  it('need every acknowledgement', () => {
    const used = new Set(findings.map(acknowledgementOf));
    expect(allAcknowledgements().filter((name) => !used.has(name))).toEqual([]);
  });
});
