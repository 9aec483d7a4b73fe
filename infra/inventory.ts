import { functionsIn, referred, resourcesOf, routesIn, type Template } from './template.ts';

/** Everything that is deployed, a line each: what a reviewer reads instead of a template. */
export const inventory = (product: Template, ops: Template): string =>
  [
    section('Routes', [...routes(product), ['ANY', 'every other path and method', 'functions/api/not-found.ts']], fallbacks(product)),
    section('Functions', functions(product)),
    section('Rules', rules(product)),
    section('Schedules', schedules(product)),
    section('Queues', queues(product)),
    section('Tables', tables(product)),
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

type Row = string[];

/** Rows sorted, and aligned below each other. */
const section = (title: string, rows: Row[], also: string[] = []) => {
  const widths = rows.reduce<number[]>((widest, row) => row.map((cell, i) => Math.max(cell.length, widest[i] ?? 0)), []);
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const sorted = [...lines.sort((a, b) => place(a).localeCompare(place(b), 'en')), ...also];
  return `${title}\n${sorted.map((line) => `  ${line}\n`).join('') || '  none\n'}`;
};

/** Routes are found by path, and the greedy one comes last. */
const place = (line: string) => (line.startsWith('ANY') ? '~' : line.replace(/^([A-Z]+) +(\/\S+)/, '$2 $1'));

const version = (text: string) => /\/(\w+)\/(v\d+)\//.exec(text);
const isInherited = ({ path, file }: { path: string; file: string }) => version(path)?.[2] !== version(file)?.[2];
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
  const names = newer.map(([, area, name]) => `${area === 'api' ? '' : `${area} `}${name} → v${Number(name!.slice(1)) - 1} for the rest`);
  return [...new Set(names)].sort();
};

const functions = (template: Template): Row[] =>
  functionsIn(template).map(({ file, seconds, megabytes, grants }) => [file, `${seconds} s`, `${megabytes} MB`, grants.join(', ')]);

const rules = (template: Template): Row[] =>
  resourcesOf(template, 'AWS::Events::Rule').flatMap(([, { EventPattern, Description }]) =>
    EventPattern ? [[heard(EventPattern), Description]] : [],
  );

const heard = (pattern: { 'detail-type'?: (string | { prefix: string })[] }) => {
  const [type = 'all'] = pattern['detail-type'] ?? [];
  return typeof type === 'string' ? type : `${type.prefix}*`;
};

const schedules = (template: Template): Row[] =>
  resourcesOf(template, 'AWS::Events::Rule').flatMap(([, { ScheduleExpression, Description }]) =>
    ScheduleExpression ? [[ScheduleExpression, Description]] : [],
  );

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
    return [file, `${VisibilityTimeout} s per attempt`, `${mapping.ScalingConfig.MaximumConcurrency} at once`, attempts];
  });
  return [...rows, ...[...all.keys()].map((id) => [plain(id), 'nobody works from it', '', ''])];
};

const tables = (template: Template): Row[] =>
  resourcesOf(template, 'AWS::DynamoDB::Table').map(([id, { KeySchema, StreamSpecification }]) => {
    const keys = KeySchema.map(({ AttributeName }: { AttributeName: string }) => AttributeName).join(' ');
    return [plain(id), keys, StreamSpecification ? `stream of ${StreamSpecification.StreamViewType}` : 'no stream'];
  });

const streams = (template: Template): Row[] =>
  workers(template).flatMap(({ source, file, mapping }) =>
    mapping.StartingPosition
      ? [[plain(source), file, `${mapping.BatchSize} records`, `then ${plain(referred(mapping.DestinationConfig))}`]]
      : [],
  );

const alarms = (template: Template): Row[] =>
  resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { AlarmDescription, Threshold, EvaluationPeriods }]) => [
    AlarmDescription,
    `over ${Threshold}`,
    `${EvaluationPeriods} min`,
  ]);

/** A logical id without its room and the hash that CDK puts behind it. */
const plain = (id: string) => id.replace(/^(Tables|Stream)?(\w+)[0-9A-F]{8}$/, '$2');
