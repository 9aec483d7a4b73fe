import middy from '@middy/core';
import headerNormalizer from '@middy/http-header-normalizer';
import securityHeaders from '@middy/http-security-headers';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as z from 'zod/mini';
import { rendered, type Told } from '#lib/http/told.ts';
import { Problem } from '#lib/problem.ts';
import { isOneValue, valuesByName } from './header-values.ts';
import { keyOf } from './idempotency-key.ts';
import { accessLog } from './middleware/access-log.ts';
import { answerHeaders } from './middleware/answer-headers.ts';
import { cors } from './middleware/cors.ts';
import { problemJson } from './middleware/problem-json.ts';
import { type HttpMiddleware, onEveryAnswer } from './middleware-hooks.ts';
import { bodyOf, queryOf, understand } from './parse.ts';

/** `tenant` and `system` come from the credential only; a `system` key is for one system. */
export type Caller = { tenant: string; role: string; keyId: string; system?: string };

/** The callers that a door admits, by the door's folder and factory. */
export type Trust = 'nowhere' | 'open' | 'tenant' | 'operator' | 'system';

/**
 * What a door requires. Without `callers` no key is needed, without `role` every role of the
 * tenant may call; `keyed` requires an Idempotency-Key.
 */
export type Contract<P extends z.core.$ZodType, Q extends z.core.$ZodType, B extends z.core.$ZodType> = {
  trust: Trust;
  path?: P;
  query?: Q;
  body?: B;
  callers?: () => (key: string) => Promise<Caller | undefined>;
  role?: string;
  keyed?: boolean;
  /** Skips reading the request: the greedy door answers any request, even an unreadable one. */
  unread?: boolean;
  /** The content policy of a door that answers with a page. */
  policy?: string;
};
/** `key` is the normalised Idempotency-Key, empty if the door does not require one. */
export type Asked<P, Q, B> = {
  path: P;
  query: Q;
  body: B;
  caller: Caller;
  key: string;
  event: APIGatewayProxyEvent;
};
/** For data: never sniffed, never framed, never fetched in clear. */
const headers = {
  contentSecurityPolicy: { 'default-src': "'none'", 'frame-ancestors': "'none'" },
  ...{
    dnsPrefetchControl: false,
    downloadOptions: false,
    originAgentCluster: false,
    xssProtection: false,
    permissionsPolicy: false,
  },
  ...{ crossOriginEmbedderPolicy: false, crossOriginOpenerPolicy: false, crossOriginResourcePolicy: false },
  ...{ permittedCrossDomainPolicies: false, reportingEndpoints: false, reportTo: false, frameOptions: false },
};
const nothing = z.strictObject({});
const nobody: Caller = { tenant: '', role: '', keyId: '' };

/**
 * A door to HTTP, made by `tenantDoor`, `operatorDoor`, `systemDoor`, `openDoor` or `nowhereDoor`
 * only.
 * Middleware, outermost first: the log, the headers of every answer, problems as answers. middy
 * runs `after` hooks in reverse, so the last one listed runs first.
 * Order inside: the caller, the key, then the request: a request without permission is not read.
 */
export function endpoint<
  P extends z.core.$ZodType = typeof nothing,
  Q extends z.core.$ZodType = typeof nothing,
  B extends z.core.$ZodType = typeof nothing,
>(
  contract: Contract<P, Q, B>,
  run: (asked: Asked<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Told> | Told,
) {
  const handler = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(accessLog())
    .use(someHeaders)
    .use(headerNormalizer())
    .use(answerHeaders())
    .use(cors())
    .use(contentPolicy(contract.policy))
    .use(securityHeaders(headers) as middy.MiddlewareObj)
    .use(problemJson())
    .handler(async (event) => {
      const caller = contract.callers
        ? await authenticated(event, contract.callers(), contract.role)
        : nobody;
      const key = contract.keyed ? keyOf(event) : '';
      if (contract.unread)
        return rendered(
          event,
          await run({ caller, key, event } as Asked<z.output<P>, z.output<Q>, z.output<B>>),
        );
      const path = understand(contract.path ?? nothing, event.pathParameters ?? {}, 'path') as z.output<P>;
      const query = understand(contract.query ?? nothing, queryOf(event), 'query') as z.output<Q>;
      const body = event.httpMethod === 'GET' || event.httpMethod === 'DELETE' ? {} : bodyOf(event);
      const told = await run({
        path,
        query,
        body: understand(contract.body ?? nothing, body === undefined ? {} : body, 'body') as z.output<B>,
        caller,
        key,
        event,
      });
      return rendered(event, told);
    });
  return Object.assign(handler, { contract });
}

/** Replaces the content policy for data. */
const contentPolicy = (policy: string | undefined) =>
  onEveryAnswer((answer) => {
    if (policy) answer.headers = { ...answer.headers, 'Content-Security-Policy': policy };
  });

/** The gateway sends null for a request without headers, and a name in two spellings as two. */
const someHeaders: HttpMiddleware = {
  before: ({ event }) => {
    event.headers ??= {};
    event.multiValueHeaders = valuesByName(event.multiValueHeaders ?? {});
  },
};

async function authenticated(
  event: APIGatewayProxyEvent,
  callers: (key: string) => Promise<Caller | undefined>,
  role: string | undefined,
): Promise<Caller> {
  const one = isOneValue(event, 'authorization');
  const key = one && /^Bearer +(\S+)$/i.exec(event.headers.authorization ?? '')?.[1];
  const caller = key && (await callers(key));
  if (!caller) throw new Problem('unauthenticated', { detail: 'Send Authorization: Bearer lk_….' });
  if (caller.system && role !== 'system')
    throw new Problem('forbidden', {
      detail: 'A key that was made for an outside system only answers for it.',
    });
  if (role && caller.role !== role)
    throw new Problem('forbidden', {
      detail: `This needs a key of the role ${role}; yours is ${caller.role}.`,
    });
  return caller;
}
