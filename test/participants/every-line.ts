import type { OpenLine } from '#domain/participants/line.ts';
import { type HttpCalls, httpLine } from '#domain/participants/lines/http/http-line.ts';
import { type FileCalls, sftpLine } from '#domain/participants/lines/sftp/sftp-line.ts';

export type EveryCall = HttpCalls & FileCalls;

/** All lines in one, for tests that run every adapter. */
export const everyLine = (calls: EveryCall): OpenLine<EveryCall> => ({
  calls,
  digest: (calls, note) => ({ ...httpLine.digest(calls, note), ...sftpLine.digest(calls, note) }),
});
