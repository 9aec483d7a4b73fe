import { Logger } from '@aws-lambda-powertools/logger';
import { once } from './once.ts';

/** Structured lines: one per door, one per decision. The correlation id always, a payload never. */
export const logger = /* @__PURE__ */ once(() => new Logger({ serviceName: 'lockstep' }));
