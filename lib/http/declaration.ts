import type * as z from 'zod';
import type { HttpAnswer } from '#lib/http/http-answer.ts';
import type { ProblemCode } from '#lib/problem.ts';
import type { Contract, DoorRequest } from './endpoint.ts';

/** Headers that an answer may carry beside those of every answer. */
export type AnswerHeader =
  | 'Content-Location'
  | 'ETag'
  | 'Idempotent-Replayed'
  | 'Last-Modified'
  | 'Link'
  | 'Location'
  | 'Preference-Applied'
  | 'Retry-After';

/** Headers that a door may ask for beside Authorization and Idempotency-Key. */
export type RequestHeader = 'Accept' | 'If-Match' | 'If-Modified-Since' | 'If-None-Match' | 'Prefer';

/**
 * One successful answer.
 * `example`: of the body. `texts`: the same in other media types, by example. `sometimes`: headers
 * that only some of these answers carry. Without a schema the answer has no JSON body.
 */
export type Answer = {
  description: string;
  schema?: z.ZodType;
  example?: unknown;
  texts?: Record<string, string>;
  headers?: readonly AnswerHeader[];
  sometimes?: readonly AnswerHeader[];
};

/** A request that succeeds, by the parts in which it differs from an empty one. */
export type Example = {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean>;
  headers?: Partial<Record<RequestHeader, string>>;
  body?: unknown;
};

/**
 * A door's declaration for the documents, exported as `api` beside its `handler`; bundles leave it
 * out. `problems` omits those that every door of its kind may answer.
 */
export type Declaration = {
  summary: string;
  path?: z.core.$ZodType;
  query?: z.core.$ZodType;
  body?: z.core.$ZodType;
  headers?: readonly RequestHeader[];
  example?: Example;
  answers: Record<number, Answer>;
  problems: readonly ProblemCode[];
};

type Part<A extends Declaration, Name extends 'path' | 'query' | 'body'> = A[Name] extends z.core.$ZodType
  ? A[Name]
  : z.ZodObject<Record<never, never>>;

/**
 * A door's contract without what its factory adds, with the parts that its declaration names. A
 * door without a declaration has no such contract.
 */
export type DeclaredContract<A extends Declaration> = [A] extends [never]
  ? never
  : Pick<A, Extract<keyof A, 'path' | 'query' | 'body'>> &
      Omit<Contract<never, never, never>, 'path' | 'query' | 'body' | 'trust' | 'callers'>;

/** The body of a door: it answers with the statuses that it declares and no others. */
export type DeclaredRun<A extends Declaration> = (
  asked: DoorRequest<z.output<Part<A, 'path'>>, z.output<Part<A, 'query'>>, z.output<Part<A, 'body'>>>,
) => Promise<DeclaredTold<A>> | DeclaredTold<A>;
type DeclaredTold<A extends Declaration> = HttpAnswer & { status: keyof A['answers'] };
