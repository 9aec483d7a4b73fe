import { deployedStore, deployedSystemNames } from './platform.ts';

/**
 * The tools of `operateSystem` and `listSystems`: the circuits, and the names of the systems that
 * take part.
 */
export const systemTools = () => ({ ...deployedStore(), systems: { names: deployedSystemNames } });
