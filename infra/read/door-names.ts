import type { Reading } from './doors.ts';

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const word = '[a-z][a-z0-9-]*';
const matches = (pattern: string, text: string) => new RegExp(`^(?:${pattern})$`).exec(text);

type Reader = (rest: string, folder: string) => Reading | undefined;

const route =
  (area: string): Reader =>
  (rest) => {
    const match = matches(`v([1-9]\\d*)/(.+)\\.(${methods.join('|')})`, rest);
    if (!match) return;
    const segments = match[2]!.split('.');
    if (!segments.every((segment) => matches(`${word}(_[a-z0-9]+)?|\\[[a-z][a-zA-Z0-9]*\\]`, segment)))
      return;
    const path = segments.map(spelled).join('/');
    return {
      kind: 'route',
      area,
      version: Number(match[1]),
      method: match[3]!.toUpperCase(),
      path: `/${area}/v${match[1]}/${path}`,
    };
  };

/**
 * `[slotId]` is a parameter, and `_` stands for the dot that would part segments: `openapi_json` →
 * `openapi.json`.
 */
const spelled = (segment: string) => segment.replace('[', '{').replace(']', '}').replace('_', '.');

const hears = (folder: string) => {
  if (folder === 'all') return {};
  return folder.includes('.') ? { type: folder } : { prefix: `${folder}.` };
};

const subscriber: Reader = (rest) => {
  const match = matches(`(${word}(?:\\.${word})*)/${word}`, rest);
  if (match?.[1] === 'aws.states') return { kind: 'subscriber', hears: { aws: 'states' } };
  if (!match || match[1]!.startsWith('aws.')) return;
  return { kind: 'subscriber', hears: hears(match[1]!) };
};

const schedule: Reader = (rest) => {
  const match = matches(`every-([1-9]\\d*)-(minute|hour|day)(s?)\\.${word}`, rest);
  if (!match) return;
  const every = Number(match[1]);
  // EventBridge's grammar: rate(1 minute), rate(5 minutes).
  if ((every === 1) !== (match[3] === '')) return;
  return { kind: 'schedule', every, unit: match[2] as 'minute' | 'hour' | 'day' };
};

/** Folder of functions/ → the reader for the rest of the name, and an example of it. */
const folders: Record<string, { read: Reader; example: string }> = {
  api: { read: route('api'), example: 'api/v1/slots.[slotId].get.ts or api/not-found.ts' },
  hooks: { read: route('hooks'), example: 'hooks/v1/clearinghouse.post.ts' },
  ops: { read: route('ops'), example: 'ops/v1/tickets.get.ts' },
  jobs: {
    read: (rest) => (matches(`${word}(\\.${word})+`, rest) ? { kind: 'job', type: rest } : undefined),
    example: 'jobs/payment.settle.ts',
  },
  subscribers: {
    read: subscriber,
    example:
      'subscribers/slot/keep-board.ts, subscribers/slot.reserved/…, subscribers/all/… or subscribers/aws.states/…',
  },
  saga: {
    read: (rest) => (matches('[a-z]+', rest) ? { kind: 'saga', task: rest } : undefined),
    example: 'saga/prepare.ts, a task of state-machines/sync.asl.json',
  },
  adapters: {
    read: (rest) => (matches(word, rest) ? { kind: 'adapter', adapter: rest } : undefined),
    example: 'adapters/rest.ts',
  },
  streams: {
    read: (rest) => (rest === 'relay' ? { kind: 'stream' } : undefined),
    example: 'streams/relay.ts',
  },
  schedules: {
    read: schedule,
    example: 'schedules/every-5-minutes.sweep.ts or schedules/every-1-hour.sweep.ts',
  },
};

/**
 * Reads a door's name: its folder is the trigger, the rest the identity.
 * Routes: dots separate path segments, `[x]` is a parameter, `_` is a dot, the last part is the
 * method.
 * Subscribers: the folder is the event source: a word for every `word.…`, a whole type for exactly
 * that type, `all` for everything, `aws.states` for failed executions of syncs.
 * Schedules: the name begins with the rate.
 */
export const reading = (name: string, file: string): Reading => {
  if (name === 'api/not-found') return { kind: 'greedy' };
  if (name === 'api/docs.get')
    return { kind: 'route', area: 'api', version: 0, method: 'GET', path: '/api/docs' };
  const [folder = '', ...rest] = name.split('/');
  const known = folders[folder];
  if (!known)
    throw new Error(
      `${file}: functions/${folder} is no trigger; there are ${Object.keys(folders).join(', ')}`,
    );
  const read = known.read(rest.join('/'), folder);
  if (!read)
    throw new Error(`${file}: the name says no trigger; expected something like functions/${known.example}`);
  return read;
};
