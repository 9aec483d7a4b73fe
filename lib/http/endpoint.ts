import middy from '@middy/core';
import headerNormalizer from '@middy/http-header-normalizer';
import securityHeaders from '@middy/http-security-headers';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as z from 'zod/mini';
import { rendered, type Told } from '#lib/http/told.ts';
import { Problem } from '#lib/problem.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { accessLog } from './middleware/access-log.ts';
import { answerHeaders } from './middleware/answer-headers.ts';
import { cors } from './middleware/cors.ts';
import { problemJson } from './middleware/problem-json.ts';
import { type HttpMiddleware, onEveryAnswer } from './middleware-hooks.ts';
import { bodyOf, queryOf, understand } from './parse.ts';

/** Who calls: the tenant comes from the credential and from nowhere else; so does `system`, for a key that was made for one outside system. */
export type Caller = { tenant: string; role: string; keyId: string; system?: string };

/** Whom a door lets in. The folder of a door decides it, and the factory that makes the door says it. */
export type Trust = 'nowhere' | 'open' | 'tenant' | 'operator' | 'system';

/** What a door asks for. `callers` is absent where anybody may call, `role` where every role of the tenant may; `keyed` asks for an Idempotency-Key. */
export type Contract<P extends z.core.$ZodType, Q extends z.core.$ZodType, B extends z.core.$ZodType> = {
  trust: Trust;
  path?: P;
  query?: Q;
  body?: B;
  callers?: () => (key: string) => Promise<Caller | undefined>;
  role?: string;
  keyed?: boolean;
  /** Nothing of the request is read, whatever it is: for the door that says there is nothing. */
  unread?: boolean;
  /** The content policy of a door that answers with a page. */
  policy?: string;
};
/** `key` is the Idempotency-Key, normalised; empty where the door does not ask for one. */
export type Asked<P, Q, B> = {
  path: P;
  query: Q;
  body: B;
  caller: Caller;
  key: string;
  event: APIGatewayProxyEvent;
};
/** For answers that are data: never sniffed, never framed, never fetched in clear. The headers that only concern pages are left out. */
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
 * A door to HTTP. Outermost first: the log sees everything; then what every answer carries; then problems become answers. middy runs afters in reverse,
 * so what is listed last speaks first. Order inside: who calls, the key, then what is asked: nothing is read of a request that may not be made.
 * Doors are made by `tenantDoor`, `operatorDoor`, `systemDoor`, `openDoor` or `nowhereDoor`, never by this.
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
      const key = contract.keyed ? idempotencyKey(event.headers['idempotency-key']) : '';
      if (contract.unread)
        return rendered(
          event,
          await run({ caller, key, event } as Asked<z.output<P>, z.output<Q>, z.output<B>>),
        );
      const path = understand(contract.path ?? nothing, event.pathParameters ?? {}, 'path') as z.output<P>;
      const query = understand(contract.query ?? nothing, queryOf(event), 'query') as z.output<Q>;
      const body = event.httpMethod === 'GET' || event.httpMethod === 'DELETE' ? {} : (bodyOf(event) ?? {});
      const told = await run({
        path,
        query,
        body: understand(contract.body ?? nothing, body, 'body') as z.output<B>,
        caller,
        key,
        event,
      });
      return rendered(event, told);
    });
  return Object.assign(handler, { contract });
}

/** Replaces the policy for answers that are data. */
const contentPolicy = (policy: string | undefined) =>
  onEveryAnswer((answer) => {
    if (policy) answer.headers = { ...answer.headers, 'Content-Security-Policy': policy };
  });

/** The gateway says null where a request has no headers at all. */
const someHeaders: HttpMiddleware = {
  before: ({ event }) => {
    event.headers ??= {};
  },
};

async function authenticated(
  event: APIGatewayProxyEvent,
  callers: (key: string) => Promise<Caller | undefined>,
  role: string | undefined,
): Promise<Caller> {
  const key = /^Bearer +(\S+)$/i.exec(event.headers.authorization ?? '')?.[1];
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
