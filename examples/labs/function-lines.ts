import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod';
import { type Reach, sdk } from '#lib/aws/sdk.ts';

const counts = z.record(z.string(), z.int());
const line = z.looseObject({
  message: z.string(),
  timestamp: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  aws_calls: counts.optional(),
  writes: counts.optional(),
  system: z.string().optional(),
  phase: z.string().optional(),
  chunks: z.int().optional(),
  peak_mb: z.number().optional(),
});
/** A function's log line about one piece of work; `timestamp` in ms since the epoch. */
export type Line = z.output<typeof line>;

/** The functions' log lines since then, oldest first, without the platform's own lines. */
export async function functionLines(
  { aws, logGroup }: { aws: Reach; logGroup: string },
  since: number,
): Promise<Line[]> {
  const client = new CloudWatchLogsClient({ ...sdk, ...aws });
  const lines: Line[] = [];
  try {
    for (let syncId: string | undefined, first = true; first || syncId; first = false) {
      // The log's own times are the platform's, which may be early or late.
      const asked = {
        logGroupName: logGroup,
        startTime: since - 60_000,
        ...(syncId && { nextToken: syncId }),
      };
      const { events = [], nextToken } = await client.send(new FilterLogEventsCommand(asked));
      lines.push(...events.flatMap(({ message = '' }) => parsed(message)));
      syncId = nextToken;
    }
  } finally {
    client.destroy();
  }
  return lines.filter(({ timestamp }) => timestamp >= since).sort((a, b) => a.timestamp - b.timestamp);
}

function parsed(text: string): Line[] {
  const at = text.indexOf('{');
  if (at < 0) return [];
  try {
    const read = line.safeParse(JSON.parse(text.slice(at)));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}
