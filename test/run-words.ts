/** What `npm test -- ...` asks for: a capability, and the words that are vitest's. */
export type Asked = { only?: string; words: string[] };

/** Takes `--only NAME` out of the words; every other word, flag or path, goes to vitest as it is. */
export function askedOf(all: string[]): Asked {
  const at = all.findIndex((word) => word === '--only' || word.startsWith('--only='));
  if (at < 0) return { words: all };
  const [word = '', next = ''] = all.slice(at);
  const isApart = word === '--only';
  return {
    only: isApart ? next : word.slice('--only='.length),
    words: all.toSpliced(at, isApart ? 2 : 1),
  };
}

/** One vitest: its projects, the report that it leaves in `.lockstep`, and how far it steps back for the others. */
export type Lane = { name: string; projects: string[]; report: string; nice: number };

/**
 * Of a whole run. The simulators know no time but their own, so they take what the others leave of the machine: journeys wait
 * more than they compute.
 */
const whole: Lane[] = [
  { name: 'tests', projects: ['unit', 'isolated', 'engine', 'journeys'], report: 'report.json', nice: 0 },
  { name: 'simulation', projects: ['simulation'], report: 'report-simulation.json', nice: 5 },
];
const one = (projects: string[]): Lane[] => [{ name: 'tests', projects, report: 'report.json', nice: 0 }];

/** The lanes of a run: of one capability, of the projects that the words name, or of all. */
export function lanesOf({ only, words }: Asked): Lane[] {
  if (only !== undefined) return one(['unit', 'isolated']);
  return words.some((word) => word.startsWith('--project')) ? one([]) : whole;
}

/** What vitest is called with in a lane. A reporter of the caller's own is beside the report, not instead of it. */
export function vitestWords({ projects, report }: Lane, folders: string[], words: string[]): string[] {
  const reporter = words.some((word) => word.startsWith('--reporter')) ? ['--reporter=json'] : [];
  return [
    'run',
    '--passWithNoTests',
    ...projects.flatMap((project) => ['--project', project]),
    `--outputFile.json=.lockstep/${report}`,
    ...reporter,
    ...folders,
    ...words,
  ];
}
