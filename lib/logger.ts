import { Logger } from '@aws-lambda-powertools/logger';
import { once } from './once.ts';

/**
 * Structured log lines: one per door, one per decision. They always carry the correlation id,
 * never a payload.
 */
export const logger = /* @__PURE__ */ once(() => new Logger({ serviceName: 'lockstep' }));
