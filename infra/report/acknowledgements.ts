/** Rules of cdk-nag that this product does not follow, each with the reason for an auditor. */
const acknowledgements: Record<string, string> = {
  'AwsSolutions-S1':
    'Access logs of a bucket are best effort. Who reads or writes these objects is recorded by CloudTrail data events, which an account turns on for all of its buckets.',
  'AwsSolutions-SF1':
    'A standard workflow keeps every event of an execution for 90 days, each phase logs its result, and each decision is a row of the ledger.',
  'AwsSolutions-SF2':
    'A sync is followed by its token, which every log line, ledger row and call to a system carries. X-Ray would sample what must be complete.',
  'AwsSolutions-APIG1':
    'Each function writes one access line per request. An access log of the stage needs a role for the whole account, which belongs to the account and not to one product.',
  'AwsSolutions-APIG2':
    'Each door validates its request with the schema from which the API document is made, and answers problem+json. The gateway could check a part of it, in other words.',
  'AwsSolutions-APIG3':
    'A web ACL belongs to the account that puts a domain in front of the API. Keys have 256 random bits, and both the stage and each key are throttled.',
  'AwsSolutions-APIG6':
    'Each function writes one access line per request. Execution logs of the stage would contain headers and bodies, and so keys and payloads.',
  'Serverless-APIGWAccessLogging':
    'Each function writes one access line per request. An access log of the stage needs a role for the whole account, which belongs to the account and not to one product.',
  'Serverless-APIGWXrayEnabled':
    'A request is followed by its X-Request-Id and by the ids that it is about. X-Ray would sample what must be complete.',
  'Serverless-LambdaTracing':
    'A request is followed by its X-Request-Id and by the ids that it is about. X-Ray would sample what must be complete.',
  'Serverless-StepFunctionStateMachineXray':
    'A sync is followed by its token, which every log line, ledger row and call to a system carries.',
  'Serverless-LambdaDLQ':
    'The dead-letter queue of a function is for asynchronous invocation, and no function is invoked so: rules and schedules feed queues, and these have dead letters.',
  'Serverless-SQSRedrivePolicy':
    'The queues without a redrive policy are the dead-letter queues themselves. An alarm watches each of them.',
  'Serverless-LambdaEventSourceMappingDestination':
    'A queue keeps what its worker could not process in its dead letters. The mapping of the stream has a destination.',
};

/** Wildcards in what a function may do, by the resource that cdk-nag shows. */
const wildcards: { resource: string; reason: string }[] = [
  {
    resource: '<BatchesBucketFB54B156.Arn>/',
    reason:
      'The names of objects are chosen at run time: a function is bound to its folder of the one bucket.',
  },
  {
    resource: '<StreamUntoldBCFAE749.Arn>/*',
    reason: 'Lambda names the objects that it writes for records that the relay could not process.',
  },
  {
    resource: ':execution:<SagaSync8BD2E6C1.Name>:*',
    reason:
      'An execution is named when it starts: the function is bound to executions of the one state machine.',
  },
  {
    resource: ':stateMachine:*',
    reason:
      'A state machine of a caller waits for the end of a sync with a task token, and SendTaskSuccess names no resource but its machine.',
  },
];

const wildcardPrefix = 'AwsSolutions-IAM5[Resource::';

/** What acknowledges a finding of cdk-nag's report: the name of an entry above, if there is one. */
export const acknowledgementOf = (finding: string): string | undefined =>
  finding.startsWith(wildcardPrefix)
    ? wildcards.find(({ resource }) => finding.includes(resource))?.resource
    : Object.keys(acknowledgements).find((rule) => rule === finding);

export const allAcknowledgements = (): string[] => [
  ...Object.keys(acknowledgements),
  ...wildcards.map(({ resource }) => resource),
];
