import {
  commitSync,
  continueSync,
  parkSync,
  prepareSync,
  rollbackSync,
} from '#domain/syncs/saga/run-phase.ts';

export const conductors = {
  Prepare: prepareSync,
  Commit: commitSync,
  Rollback: rollbackSync,
  Continue: continueSync,
  Park: parkSync,
};
