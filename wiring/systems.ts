import { deployedStore, deployedSystemNames } from './platform.ts';

/** The tools of `operateSystem` and `listSystems`: the circuits, and the participants' names. */
export const systemTools = () => ({ ...deployedStore(), systems: { names: deployedSystemNames } });
