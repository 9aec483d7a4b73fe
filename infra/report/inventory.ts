import type { Definition } from '#infra/stacks/sync-definition.ts';
import { fallbacks, greedy, invocations, routes } from './inventory-routes.ts';
import { plain, type Row, section } from './inventory-section.ts';
import { queuePolicies, queues, streams } from './inventory-work.ts';
import { functionsIn, referred, resourcesOf, type Template } from './template.ts';

/** Everything that is deployed, a line each: a reviewer reads it instead of the template. */
export const inventory = (product: Template, ops: Template): string =>
  [
    section('Routes', [...routes(product), ...greedy(product)], fallbacks(product)),
    section('Gateway', invocations(product)),
    section('Functions', functions(product)),
    section('Rules', rules(product)),
    section('Schedules', schedules(product)),
    section('Machines', machines(product)),
    section('Queues', queues(product)),
    section('Queue policies', queuePolicies(product)),
    section('Tables', [...tables(product), ...indexes(product)]),
    section('Streams', streams(product)),
    section(
      'Buses',
      resourcesOf(product, 'AWS::Events::EventBus').map(([id]) => [plain(id)]),
    ),
    section(
      'Buckets',
      resourcesOf(product, 'AWS::S3::Bucket').map(([id]) => [plain(id)]),
    ),
    section('Alarms', alarms(ops)),
  ].join('\n');

const functions = (template: Template): Row[] =>
  functionsIn(template).map(({ file, seconds, megabytes, grants }) => [
    file,
    `${seconds} s`,
    `${megabytes} MB`,
    grants.join(', '),
  ]);

const rules = (template: Template): Row[] =>
  resourcesOf(template, 'AWS::Events::Rule').flatMap(([, { EventPattern, Description }]) =>
    EventPattern ? [[heard(EventPattern), Description]] : [],
  );

const heard = (pattern: {
  source: string[];
  'detail-type'?: (string | { prefix: string })[];
  detail?: { status: string[] };
}) => {
  if (pattern.detail) return `${pattern.source[0]} ${pattern.detail.status.join(' ')}`;
  const [type = 'all'] = pattern['detail-type'] ?? [];
  return typeof type === 'string' ? type : `${type.prefix}*`;
};

const schedules = (template: Template): Row[] =>
  resourcesOf(template, 'AWS::Events::Rule').flatMap(([, { ScheduleExpression, Description }]) =>
    ScheduleExpression ? [[ScheduleExpression, Description]] : [],
  );

/** One state a line, with its function and its retries after an outage. */
const machines = (template: Template): Row[] => {
  const files = new Map(functionsIn(template).map(({ id, file }) => [id, file]));
  return resourcesOf(template, 'AWS::StepFunctions::StateMachine').flatMap(
    ([id, { DefinitionString, DefinitionSubstitutions }]) => {
      const { States }: Definition = JSON.parse(DefinitionString);
      return Object.entries(States).map(([name, { Type, Retry }]) => {
        const file = files.get(referred(DefinitionSubstitutions[name])) ?? Type.toLowerCase();
        return [
          plain(id),
          name,
          file,
          Retry
            ? `${Retry[0]!.MaxAttempts} attempts more, ${Retry[0]!.IntervalSeconds} s apart and longer`
            : '',
        ];
      });
    },
  );
};

const tables = (template: Template): Row[] =>
  resourcesOf(template, 'AWS::DynamoDB::Table').map(([id, { KeySchema, StreamSpecification }]) => {
    const keys = KeySchema.map(({ AttributeName }: { AttributeName: string }) => AttributeName).join(' ');
    return [
      plain(id),
      keys,
      StreamSpecification ? `stream of ${StreamSpecification.StreamViewType}` : 'no stream',
    ];
  });

const indexes = (template: Template): Row[] =>
  resourcesOf(template, 'AWS::DynamoDB::Table').flatMap(([id, { GlobalSecondaryIndexes = [] }]) =>
    GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }: Index) => [
      `${plain(id)} ${IndexName}`,
      KeySchema.map(({ AttributeName }) => AttributeName).join(' '),
      `index with ${Projection.NonKeyAttributes.join(' ')}`,
    ]),
  );
type Index = {
  IndexName: string;
  KeySchema: { AttributeName: string }[];
  Projection: { NonKeyAttributes: string[] };
};

const alarms = (template: Template): Row[] =>
  resourcesOf(template, 'AWS::CloudWatch::Alarm').map(
    ([, { AlarmDescription, Threshold, EvaluationPeriods, ComparisonOperator }]) => [
      AlarmDescription,
      `${ComparisonOperator.startsWith('Less') ? 'under' : 'over'} ${Threshold}`,
      `${EvaluationPeriods} min`,
    ],
  );
