import { deployedStore, deployedSystemNames } from './platform.ts';

/** What `operateSystem` and `listSystems` work with: the circuits, and the names of the systems that take part. */
export const systemTools = () => ({ ...deployedStore(), systems: { names: deployedSystemNames } });
