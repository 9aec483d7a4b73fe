import { Rule, type RuleProps } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Work } from './queues.ts';

/** A rule and the queue that it feeds. The queue's dead letters are the rule's, too. */
export type Fed = { rule: Rule; work: Work };

/**
 * A rule in front of a queue. CDK's own target would make a policy for each queue; see
 * queue-policies.ts.
 */
export const feed = (scope: Construct, work: Work, heard: RuleProps): Fed => {
  const { door, queue, deadLetters } = work;
  const rule = new Rule(scope, `${door.name.replaceAll('/', '.')}.rule`, {
    description: door.file,
    ...heard,
    targets: [{ bind: () => ({ arn: queue.queueArn, deadLetterConfig: { arn: deadLetters.queueArn } }) }],
  });
  return { rule, work };
};
