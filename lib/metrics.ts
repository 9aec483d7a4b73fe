import { counted } from './aws/aws-calls.ts';
import { logger } from './logger.ts';

type Unit = 'Count' | 'Milliseconds';
export type Measured = Record<string, { value: number; unit: Unit }>;

export const count = (value: number) => ({ value, unit: 'Count' as const });
export const milliseconds = (value: number) => ({ value, unit: 'Milliseconds' as const });

/**
 * One log line that CloudWatch reads metrics from (embedded metric format, namespace Lockstep).
 * `more` is for readers only.
 */
export function measure(
  what: string,
  measured: Measured,
  dimensions: Record<string, string> = {},
  more: object = {},
): void {
  const Metrics = Object.entries(measured).map(([Name, { unit }]) => ({ Name, Unit: unit }));
  const _aws = {
    Timestamp: Date.now(),
    CloudWatchMetrics: [{ Namespace: 'Lockstep', Dimensions: [Object.keys(dimensions)], Metrics }],
  };
  const values = Object.fromEntries(Object.entries(measured).map(([name, { value }]) => [name, value]));
  logger().info(what, { ...more, ...counted(), ...dimensions, ...values, _aws });
}
