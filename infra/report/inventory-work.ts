import { plain, type Row } from './inventory-section.ts';
import { functionsIn, referred, resourcesOf, type Template } from './template.ts';

const workers = (template: Template) => {
  const files = new Map(functionsIn(template).map(({ id, file }) => [id, file]));
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, mapping]) => ({
    source: referred(mapping.EventSourceArn),
    file: files.get(referred(mapping.FunctionName)) ?? '',
    mapping,
  }));
};

export const queues = (template: Template): Row[] => {
  const all = new Map(resourcesOf(template, 'AWS::SQS::Queue'));
  const working = workers(template).filter(({ source }) => all.has(source));
  const rows = working.map(({ source, file, mapping }) => {
    const { VisibilityTimeout, RedrivePolicy } = all.get(source);
    const deadLetters = referred(RedrivePolicy.deadLetterTargetArn);
    all.delete(source);
    all.delete(deadLetters);
    const attempts = `dead letters after ${RedrivePolicy.maxReceiveCount} attempts`;
    return [
      file,
      `${VisibilityTimeout} s per attempt`,
      `${mapping.ScalingConfig.MaximumConcurrency} at once`,
      attempts,
    ];
  });
  return [...rows, ...[...all.keys()].map((id) => [plain(id), 'has no worker', '', ''])];
};

export const streams = (template: Template): Row[] =>
  workers(template).flatMap(({ source, file, mapping }) =>
    mapping.StartingPosition
      ? [
          [
            plain(source),
            file,
            `${mapping.BatchSize} records`,
            `then ${plain(referred(mapping.DestinationConfig))}`,
          ],
        ]
      : [],
  );

/** Queue policies: how many queues each has, and how many rules it lets send to them. */
export const queuePolicies = (template: Template): Row[] =>
  resourcesOf(template, 'AWS::SQS::QueuePolicy').map(([id, { Queues, PolicyDocument }]) => {
    const statements: Statement[] = PolicyDocument.Statement;
    const rules = statements.flatMap(({ Condition }) =>
      [Condition?.ArnEquals?.['aws:SourceArn'] ?? []].flat(),
    );
    const denials = statements.filter(({ Effect }) => Effect === 'Deny').length;
    return [plain(id), `${Queues.length} queues`, `${rules.length} rules may send`, `${denials} denial`];
  });
type Statement = { Effect: string; Condition?: { ArnEquals?: { 'aws:SourceArn'?: unknown } } };
