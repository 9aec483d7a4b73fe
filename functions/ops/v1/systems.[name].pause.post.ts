import { circuitApi, pausedAnswer } from '#domain/participants/circuits/circuit-answer.ts';
import { circuitDoor } from '#wiring/systems.ts';

export const api = /* @__PURE__ */ circuitApi('Pause a system', pausedAnswer, 'maintenance');

/** Pauses a system: no sync calls it until it is resumed. */
export const handler = circuitDoor('pause');
