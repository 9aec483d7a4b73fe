import { describe, expect, it } from 'vitest';
import { referred, resourcesOf, type Template } from '#infra/report/template.ts';
import { synth, treeWith } from './synth.ts';

const { product } = synth();
const all = (type: string, template = product) =>
  resourcesOf(template, type).map(([, properties]) => properties);
const idsOf = (type: string, template = product) => resourcesOf(template, type).map(([id]) => id);
const policiesOf = (template: Template) =>
  all('AWS::SQS::QueuePolicy', template).map(({ Queues, PolicyDocument: { Statement } }) => ({
    queues: Queues.map(referred) as string[],
    allows: Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow'),
    denies: Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Deny'),
    document: { Statement },
  }));
const targets = (template: Template) =>
  all('AWS::Events::Rule', template).flatMap(({ Targets }) => [
    referred(Targets[0].Arn),
    referred(Targets[0].DeadLetterConfig.Arn),
  ]);

describe('the queue policies', () => {
  it('are two, cover each queue once, and deny requests without TLS', () => {
    const policies = policiesOf(product);
    expect(policies).toHaveLength(2);
    expect(policies.flatMap(({ queues }) => queues).sort()).toEqual(idsOf('AWS::SQS::Queue').sort());
    for (const { denies } of policies)
      expect(denies).toEqual([
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'sqs:*',
          Resource: '*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ]);
  });

  it('let the stack’s rules, and nothing else, send to their queues and dead-letter queues', () => {
    const [fed, others, ...more] = policiesOf(product).sort((a, b) => b.allows.length - a.allows.length);
    expect(more).toEqual([]);
    expect(others?.allows).toEqual([]);
    expect(fed?.queues.sort()).toEqual(targets(product).sort());
    const [statement, ...rest] = fed!.allows;
    expect(rest).toEqual([]);
    expect(statement).toMatchObject({
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: '*',
    });
    expect(Object.keys(statement.Condition)).toEqual(['ArnEquals']);
    expect(statement.Condition.ArnEquals['aws:SourceArn'].map(referred).sort()).toEqual(
      idsOf('AWS::Events::Rule').sort(),
    );
  });

  it('stay within the size limit of SQS, however many subscribers there are', () => {
    const names = Array.from({ length: 60 }, (_, index) => `functions/subscribers/slot/tell-${index}.ts`);
    const crowded = synth({ root: treeWith(Object.fromEntries(names.map((name) => [name, '']))) }).product;
    const policies = policiesOf(crowded);
    expect(policies.length).toBeGreaterThan(1);
    expect(policies.flatMap(({ queues }) => queues).sort()).toEqual(targets(crowded).sort());
    for (const { document, allows } of policies) {
      const rules: unknown[] = allows[0].Condition.ArnEquals['aws:SourceArn'];
      // A rule's name has at most 64 characters, and so has a bus's name as CDK generates it.
      const arn = `arn:aws-us-gov:events:us-gov-west-1:123456789012:rule/${'b'.repeat(64)}/${'r'.repeat(64)}`;
      const text = JSON.stringify(document).replace(
        JSON.stringify(rules),
        JSON.stringify(rules.map(() => arn)),
      );
      expect(text).toContain(arn);
      expect(text.length + '"Version":"2012-10-17",'.length).toBeLessThanOrEqual(8192);
    }
  });
});
