import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Fed } from './feeding.ts';
import { inParts } from './invoker.ts';
import type { Queues, Work } from './queues.ts';

/** SQS takes 8,192 bytes for a policy, and a rule's ARN has at most 200 with its quotes. */
export const rulesPerPolicy = 35;

/**
 * One policy for the queues that rules feed and their dead letters, one for all others. SQS keeps
 * a single policy per queue, so each policy is complete.
 */
export class QueuePolicies extends Construct {
  constructor(scope: Construct, id: string, { queues, fed }: { queues: Queues; fed: Fed[] }) {
    super(scope, id);
    for (const [index, part] of inParts(fed, rulesPerPolicy).entries())
      this.#policy(
        `Fed${index === 0 ? '' : index + 1}`,
        part.map(({ work }) => work),
        [encryptedOnly(), fromRules(part)],
      );
    const fedByRules = new Set(fed.map(({ work }) => work));
    const others = queues.all.filter((work) => !fedByRules.has(work));
    if (others.length > 0) this.#policy('Others', others, [encryptedOnly()]);
  }

  #policy(id: string, works: Work[], statements: PolicyStatement[]) {
    new CfnQueuePolicy(this, id, {
      queues: works.flatMap(({ queue, deadLetters }) => [queue.queueUrl, deadLetters.queueUrl]),
      policyDocument: new PolicyDocument({ statements }),
    });
  }
}

/** In a queue's policy `*` means that queue. */
const everything = ['*'];

const encryptedOnly = () =>
  new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['sqs:*'],
    resources: everything,
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });

const fromRules = (fed: Fed[]) =>
  new PolicyStatement({
    principals: [new ServicePrincipal('events.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: everything,
    conditions: { ArnEquals: { 'aws:SourceArn': fed.map(({ rule }) => rule.ruleArn) } },
  });
