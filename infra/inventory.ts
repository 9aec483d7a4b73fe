import { type Row, section } from './inventory-section.ts';
import type { Definition } from './sync-definition.ts';
import { functionsIn, referred, resourcesOf, routesIn, type Template } from './template.ts';

/** Everything that is deployed, a line each: what a reviewer reads instead of a template. */
export const inventory = (product: Template, ops: Template): string =>
  [
    section(
      'Routes',
      [...routes(product), ['ANY', 'every other path and method', 'functions/api/not-found.ts']],
      fallbacks(product),
    ),
    section('Functions', functions(product)),
    section('Rules', rules(product)),
    section('Schedules', schedules(product)),
    section('Machines', machines(product)),
    section('Queues', queues(product)),
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

const version = (text: string) => /\/(\w+)\/(v\d+)\//.exec(text);
const isInherited = ({ path, file }: { path: string; file: string }) =>
  version(path)?.[2] !== version(file)?.[2];
const exact = (template: Template) => routesIn(template).filter(({ method }) => method !== 'ANY');

const routes = (template: Template): Row[] =>
  exact(template)
    .filter((route) => !isInherited(route))
    .map(({ method, path, file }) => [method, path, file]);

/** One line for all routes that a version takes over, naming the version before it. */
const fallbacks = (template: Template) => {
  const newer = exact(template)
    .filter(isInherited)
    .map(({ path }) => version(path)!);
  const names = newer.map(
    ([, area, name]) =>
      `${area === 'api' ? '' : `${area} `}${name} → v${Number(name!.slice(1)) - 1} for the rest`,
  );
  return [...new Set(names)].sort();
};

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

/** A state a line, with the function behind it and how often it comes back after an outage. */
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

const workers = (template: Template) => {
  const files = new Map(functionsIn(template).map(({ id, file }) => [id, file]));
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, mapping]) => ({
    source: referred(mapping.EventSourceArn),
    file: files.get(referred(mapping.FunctionName)) ?? '',
    mapping,
  }));
};

const queues = (template: Template): Row[] => {
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
  return [...rows, ...[...all.keys()].map((id) => [plain(id), 'nobody works from it', '', ''])];
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

const streams = (template: Template): Row[] =>
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

const alarms = (template: Template): Row[] =>
  resourcesOf(template, 'AWS::CloudWatch::Alarm').map(
    ([, { AlarmDescription, Threshold, EvaluationPeriods, ComparisonOperator }]) => [
      AlarmDescription,
      `${ComparisonOperator.startsWith('Less') ? 'under' : 'over'} ${Threshold}`,
      `${EvaluationPeriods} min`,
    ],
  );

/** A logical id without its room and the hash that CDK puts behind it. */
const plain = (id: string) => id.replace(/^(Tables|Stream|Saga)?(\w+)[0-9A-F]{8}$/, '$2');
