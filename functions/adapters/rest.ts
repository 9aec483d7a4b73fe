import { jsonAdapter } from '#domain/participants/lines/http/json-adapter.ts';
import { participant } from '#wiring/participants.ts';

/**
 * Any system that speaks JSON over HTTP. Paths, fields, words and time limits are in its manifest.
 */
export const adapter = jsonAdapter;

export const handler = participant(adapter);
