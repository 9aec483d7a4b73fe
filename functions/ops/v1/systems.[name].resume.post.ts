import { circuitApi, standingAnswer } from '#domain/participants/circuits/circuit-answer.ts';
import { circuitDoor } from '#wiring/systems.ts';

export const api = /* @__PURE__ */ circuitApi('Resume a system', standingAnswer, 'the vendor is back');

/** Resumes a system: calls are allowed again, and the syncs that wait for it continue. */
export const handler = circuitDoor('resume');
