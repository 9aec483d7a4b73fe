import { type LineName, lineOf } from '#systems/line.ts';
import type { Ask, Phase } from '#systems/protocol.ts';
import type { Line, SentRequest } from './line.ts';
import { httpLine } from './lines/http/http-line.ts';
import { sftpLine } from './lines/sftp/sftp-line.ts';

/** The lines: the folders of lines/ by their name. */
const lines: Record<LineName, Pick<Line<never, never>, 'preview'>> = { http: httpLine, sftp: sftpLine };

/** Exactly what a phase sends: an HTTP request, or the steps on each file. */
export const requestPreview = (ask: Ask, phase: Phase): SentRequest =>
  lines[lineOf(ask.system.adapter)].preview(ask, phase);
