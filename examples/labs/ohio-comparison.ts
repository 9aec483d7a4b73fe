import type { Cost } from './ohio-cost.ts';
import { counted } from './payments.ts';
import type { Story } from './story.ts';

/** The most AWS calls from the request for a batch to its event, for any number of items. */
const mostCalls = 24;

/** The cost of many items beside the cost of one: states, calls, time and memory. */
export function theComparison(story: Story, one: Cost, many: Cost, items: number): void {
  const continued = ({ states }: Cost) => states.filter((state) => state === 'Continue').length;
  const rows: [string, number | string, number | string][] = [
    ['states entered', one.states.length, many.states.length],
    ['  of which continuations', continued(one), continued(many)],
    ['calls of AWS by functions', one.calls.total, many.calls.total],
    ...[...new Set([...Object.keys(one.calls.by), ...Object.keys(many.calls.by)])].map(
      (name): [string, number, number] => [`  ${name}`, one.calls.by[name] ?? 0, many.calls.by[name] ?? 0],
    ),
    ['writes of progress, not counted above', one.progress, many.progress],
    ['calls after events, not counted above', one.beside, many.beside],
    ['seconds to success', one.seconds.toFixed(1), many.seconds.toFixed(1)],
    ['peak memory, MB', one.peakMb, many.peakMb],
  ];
  story.show(lined(['', '1 item', counted(items, 'item')]));
  for (const row of rows) story.show(lined(row));
  story.show('');
  story.tell(`States: ${many.states.join(' → ')}.`);
  story.tell(`All of these calls, with those of progress: ${listed(many.calls.of)}.`);
  story.claim(
    `${many.calls.total} calls of AWS from the request to the event, at most ${mostCalls}`,
    many.calls.total > 0 && many.calls.total <= mostCalls,
    many.calls,
  );
  const beyond = many.states.length - one.states.length - 2 * continued(many);
  story.claim(
    'no more states than for one item, continuations aside',
    many.states.length > 0 && beyond <= 0,
    [one.states, many.states],
  );
  story.tell(`Memory: ${(many.peakMb / Math.max(1, one.peakMb)).toFixed(2)} times that of one item.`);
}

const lined = ([name, ...figures]: (string | number)[]): string =>
  `${String(name).padEnd(40)}${figures.map((figure) => String(figure).padStart(15)).join('')}`;

const listed = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');
