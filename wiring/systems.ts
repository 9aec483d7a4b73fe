import type { circuitApi } from '#domain/participants/circuits/circuit-answer.ts';
import { type OperateSystem, operateSystem } from '#domain/participants/circuits/operate-system.ts';
import { reasoned, systemPath } from '#lib/http/fields.ts';
import { operatorDoor } from './access.ts';
import { deployedStore, deployedSystemNames } from './platform.ts';

/** The tools of `operateSystem` and `listSystems`: the circuits, and the participants' names. */
export const systemTools = () => ({ ...deployedStore(), systems: { names: deployedSystemNames } });

/** A door by which an operator acts on the circuit of one system. */
export const circuitDoor = (verb: OperateSystem['verb']) =>
  operatorDoor<ReturnType<typeof circuitApi>>(
    { path: systemPath, body: reasoned },
    async ({ path: { name: system }, body: { reason }, caller: { keyId: by } }) => ({
      status: 200,
      body: await operateSystem({ verb, system, by, reason }, systemTools()),
    }),
  );
