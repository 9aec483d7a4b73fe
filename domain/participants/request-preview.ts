import type { Ask, Phase } from '#systems/protocol.ts';
import { httpRequest as overHttp } from './lines/http/json-call.ts';
import { fileNames } from './lines/sftp/outbound-file.ts';

type Request = { method: string; path: string; body?: unknown };

/** Exactly what a phase sends: an HTTP request, or the steps on each file. */
export const requestPreview = (ask: Ask, phase: Phase): Request =>
  ask.system.file ? withFiles(ask, phase) : overHttp(ask, phase);

function withFiles({ outsideToken, batch }: Ask, phase: Phase): Request {
  const { part, dat, void: tombstone } = fileNames(outsideToken.replaceAll('-', ''), 'LOAD');
  if (phase === 'commit') return { method: 'RENAME', path: `${part} ${dat}` };
  if (phase === 'rollback') return { method: 'WRITE', path: tombstone };
  return {
    method: 'WRITE',
    path: part,
    ...(batch && { body: { count: batch.count, amount_minor: batch.amount_minor } }),
  };
}
