import { circuitApi, standingAnswer } from '#domain/participants/circuits/circuit-answer.ts';
import { circuitDoor } from '#wiring/systems.ts';

export const api = /* @__PURE__ */ circuitApi(
  'Wake the syncs that wait for a system',
  standingAnswer,
  'the vendor is back',
);

/** Wakes every sync that waits for this system now. */
export const handler = circuitDoor('retryNow');
